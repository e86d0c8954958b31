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
        Node mean = before(node, "neg");
        Node picked = mean == null || mean.arguments().size() > 1 ? null : before(mean, "mean");
        Node classes = picked == null || !picked.is("gather") || !picked.arguments().get(1).equals("1") ? null
                : byResult.get(picked.arguments().get(2));
        if (classes == null || !classes.is("unsqueeze") || !classes.arguments().get(1).equals("1") || axes(classes) != 1) {
            return node;
        }
        return new Node(node.result(), "nll_loss_nd", List.of(picked.arguments().get(0), classes.arguments().get(0)));
    }

    private int axes(Node unsqueeze) {
        return recording.shapes().get(unsqueeze.arguments().get(0)).dimension();
    }

    /** What an operation of this kind works on. */
    private Node before(Node node, String operation) {
        return node.is(operation) ? byResult.get(node.arguments().get(0)) : null;
    }

    private static Recording needed(Recording recording) {
        Set<String> needed = new HashSet<>(recording.results());
        List<Node> nodes = new ArrayList<>();
        for (int i = recording.nodes().size() - 1; i >= 0; i--) {
            Node node = recording.nodes().get(i);
            if (needed.contains(node.result())) {
                node.reads().forEach(needed::add);
                nodes.add(0, node);
            }
        }
        return recording.withNodes(nodes);
    }
}
