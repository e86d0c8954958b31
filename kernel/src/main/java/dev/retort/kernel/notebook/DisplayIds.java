package dev.retort.kernel.notebook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.MimeBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where in a notebook each display id is shown: an update replaces what all of these places show. */
final class DisplayIds {
    private final Map<String, List<ObjectNode>> shown = new HashMap<>();

    void shownIn(String displayId, ObjectNode output) {
        shown.computeIfAbsent(displayId, id -> new ArrayList<>()).add(output);
    }

    void update(MimeBundle bundle) {
        for (ObjectNode output : shown.getOrDefault(bundle.displayId(), List.of())) {
            output.set("data", bundle.data().deepCopy());
            output.set("metadata", bundle.metadata().deepCopy());
        }
    }
}
