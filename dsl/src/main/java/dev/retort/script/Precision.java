package dev.retort.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites what was recorded so that dense and convolutional layers calculate in bfloat16, which GPUs do many times as fast.
 * All else, and above all the weights, the loss and the optimiser, stays in FLOAT32. Bfloat16 reaches as far as FLOAT32, so
 * that gradients need no scaling. DJL has no array of this type, but none leaves the text.
 */
final class Precision {
    private static final int ARRAYS = 3; // input, weight, bias
    private static final String BFLOAT16 = "15";
    static final String FLOAT32 = "6";

    private final Map<String, String> narrow = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    private Precision() {
    }

    static Recording mixed(Recording recording) {
        Precision precision = new Precision();
        recording.nodes().forEach(precision::add);
        return new Recording(precision.nodes, recording.results(), recording.constants(), recording.shapes());
    }

    private void add(Node node) {
        if (!node.is("linear", "conv2d")) {
            nodes.add(node);
            return;
        }
        Map<String, String> names = new HashMap<>();
        node.arguments().subList(0, ARRAYS).forEach(name -> names.put(name, narrow(name)));
        String result = narrowName(node.result());
        names.put(node.result(), result);
        nodes.add(node.with(names));
        nodes.add(new Node(node.result(), "to", List.of(result, FLOAT32)));
    }

    private String narrow(String name) {
        return name.equals("None") ? name : narrow.computeIfAbsent(name, key -> {
            nodes.add(new Node(narrowName(key), "to", List.of(key, BFLOAT16)));
            return narrowName(key);
        });
    }

    private static String narrowName(String name) {
        return name.replaceAll("\\W", "_") + "_narrow";
    }
}
