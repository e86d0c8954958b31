package dev.retort.script;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Does in one operation what equations say in several. */
final class Shortcuts {
    private final Recording recording;
    private final Map<String, Node> byResult;

    private Shortcuts(Recording recording) {
        this.recording = recording;
        byResult = recording.nodes().stream().collect(Collectors.toMap(Node::result, Function.identity()));
    }

    /** Takes the shortcuts, and leaves out what nobody needs then. */
    static Recording in(Recording recording) {
        Shortcuts shortcuts = new Shortcuts(recording);
        return needed(recording.withNodes(recording.nodes().stream().map(shortcuts::crossEntropy).toList()));
    }

    /** The negative mean of what was picked by class: − mean(x[row, class]). */
    private Node crossEntropy(Node node) {
        Node mean = node.is("neg") ? made(node, 0, "mean") : null;
        Node picked = mean != null && mean.arguments().size() == 1 ? made(mean, 0, "gather") : null;
        Node column = picked != null && picked.arguments().get(1).equals("1") ? made(picked, 2, "unsqueeze") : null;
        if (column == null || !column.arguments().get(1).equals("1")) {
            return node;
        }
        String classes = column.arguments().get(0);
        boolean isOneEach = recording.shapes().get(classes).dimension() == 1;
        return isOneEach ? new Node(node.result(), "nll_loss_nd", List.of(picked.arguments().get(0), classes)) : node;
    }

    /** The operation that made an argument, if it is of this kind. */
    private Node made(Node node, int argument, String operation) {
        Node made = byResult.get(node.arguments().get(argument));
        return made != null && made.is(operation) ? made : null;
    }

    private static Recording needed(Recording recording) {
        Set<String> needed = new HashSet<>(recording.results());
        List<Node> nodes = new ArrayList<>();
        for (int i = recording.nodes().size() - 1; i >= 0; i--) {
            Node node = recording.nodes().get(i);
            if (needed.contains(node.result()) || node.is("batch_norm")) { // Keeps its statistics, too.
                node.reads().forEach(needed::add);
                nodes.add(0, node);
            }
        }
        return recording.withNodes(nodes);
    }
}
