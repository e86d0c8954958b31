package dev.retort.script;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes down the gradients of what was recorded, operation by operation from the last to the first. That is what libtorch
 * does itself in each step; written once, a step of a small net costs half as much.
 *
 * <p>A gradient that is the same number everywhere, as that of a mean, stays one number as long as it can.
 */
final class Gradients {
    private static final Shape SCALAR = new Shape();

    /** Their results do not change with small changes of their arguments, or are taken for it. */
    private static final String[] STILL = {"detach", "eq", "ne", "gt", "ge", "lt", "le", "argmax"};

    private final Map<String, Shape> shapes; // Of gradients, too.
    /** The arrays that depend on what is learned. */
    private final Set<String> learned;
    /** Those in oneDNN's layout. */
    private final Set<String> blocked = new HashSet<>();
    private final Map<String, Gradient> found = new HashMap<>();
    private final List<Node> nodes;

    /** The name of an array, and its shape: that of what it is the gradient of, or a scalar that stands for as many. */
    private record Gradient(String name, Shape shape) {
        boolean isNumber() {
            return shape.equals(SCALAR);
        }
    }

    private Gradients(Recording recording, Collection<String> weights) {
        shapes = new HashMap<>(recording.shapes());
        nodes = new ArrayList<>(recording.nodes());
        learned = new HashSet<>(weights);
        for (Node node : recording.nodes()) {
            if (node.is("to_mkldnn") || !node.is("to_dense") && blocked.contains(node.arguments().get(0))) {
                blocked.add(node.result());
            }
            if (!node.is(STILL) && node.reads().anyMatch(learned::contains)) {
                learned.add(node.result());
            }
        }
    }

    /**
     * The recording followed by the gradients of the sum of its results, each of them a scalar with a factor. Its results are the
     * same, followed by the gradient of each weight.
     *
     * @throws NotRecordable for an operation whose gradient is not known here
     */
    static Recording in(Recording recording, List<String> factors, List<String> weights) {
        Gradients gradients = new Gradients(recording, weights);
        for (int i = 0; i < factors.size(); i++) {
            gradients.add(recording.results().get(i), new Gradient(factors.get(i), SCALAR));
        }
        for (int i = recording.nodes().size() - 1; i >= 0; i--) {
            gradients.pass(recording.nodes().get(i));
        }
        List<String> results = new ArrayList<>(recording.results());
        weights.forEach(weight -> results.add(gradients.of(weight)));
        return new Recording(gradients.nodes, results, recording.constants(), recording.shapes());
    }

    /** Lies in memory as the weight does: an optimiser in one operation goes through both side by side. */
    private String of(String weight) {
        if (!found.containsKey(weight)) {
            return note("zeros_like", shape(weight), weight).name();
        }
        Gradient g = full(found.get(weight), weight);
        boolean isOfLayer = nodes.stream().filter(node -> node.is("mm", "sum", "mkldnn_linear_backward"))
                .anyMatch(node -> List.of(node.result().split(", ")).contains(g.name()));
        return isOfLayer ? g.name() : note("contiguous", g.shape(), g.name()).name();
    }

    /** Passes the gradient of an operation's result on to its arguments. */
    private void pass(Node node) {
        Gradient g = found.get(node.result());
        if (g == null) {
            return;
        }
        String x = node.arguments().get(0);
        String y = node.arguments().size() > 1 ? node.arguments().get(1) : null;
        String result = node.result();
        switch (node.operation()) {
            case "add" -> {
                each(node, 0, () -> g);
                each(node, 1, () -> g);
            }
            case "sub" -> {
                each(node, 0, () -> g);
                each(node, 1, () -> times("neg", g));
            }
            case "mul" -> {
                each(node, 0, () -> times("mul", g, y));
                each(node, 1, () -> times("mul", g, x));
            }
            case "div" -> {
                each(node, 0, () -> times("div", g, y));
                each(node, 1, () -> times("neg", times("div", times("mul", g, result), y)));
            }
            case "neg" -> each(node, 0, () -> times("neg", g));
            case "exp" -> each(node, 0, () -> times("mul", g, result));
            case "log" -> each(node, 0, () -> times("div", g, x));
            case "square" -> each(node, 0, () -> times("mul", times("mul", g, x), "2."));
            case "sqrt" -> each(node, 0, () -> times("div", times("div", g, result), "2."));
            case "abs" -> each(node, 0, () -> times("mul", g, note("sign", shape(x), x).name()));
            case "relu" -> each(node, 0, () -> note("threshold_backward", shape(x), full(g, result).name(), result, "0"));
            case "tanh", "sigmoid" -> each(node, 0, () -> note(node.operation() + "_backward", shape(x), full(g, result).name(), result));
            case "softmax", "log_softmax" -> each(node, 0, () -> note("_" + node.operation() + "_backward_data", shape(x),
                    full(g, result).name(), result, y, Precision.FLOAT32));
            case "sum", "mean" -> add(x, spread(node, g));
            case "reshape", "flatten", "squeeze", "unsqueeze" ->
                    add(x, g.isNumber() ? g : note("reshape", shape(x), g.name(), "torch.size(" + x + ")"));
            case "gather" -> add(x, note("scatter_add", shape(x), "torch.zeros_like(" + x + ")", y, node.arguments().get(2),
                    full(g, result).name()));
            case "nll_loss_nd" -> add(x, note("nll_loss_backward", shape(x), g.name(), x, y, "None", "1", "-100",
                    "torch.new_full(" + x + ", annotate(List[int], []), torch.size(" + x + ", 0))"));
            case "to_mkldnn" -> add(x, note("to_dense", shape(x), full(g, result).name()));
            case "to_dense" -> add(x, note("to_mkldnn", shape(x), full(g, result).name()));
            case "cat" -> parts(node, full(g, result).name());
            case "linear" -> linear(node, full(g, result).name());
            default -> throw new NotRecordable("the gradient of " + node.operation());
        }
    }

    /** To each of the arrays that were put side by side its part. */
    private void parts(Node node, String g) {
        String axis = node.arguments().get(1);
        List<String> arrays = node.reads().filter(shapes::containsKey).toList();
        if (axis.equals("0")) {
            throw new NotRecordable("the gradient of rows below each other, whose number is open");
        }
        long from = 0;
        for (String array : arrays) {
            long width = shape(array).get(Integer.parseInt(axis));
            if (learned.contains(array)) {
                add(array, note("narrow", shape(array), g, axis, String.valueOf(from), String.valueOf(width)));
            }
            from += width;
        }
    }

    private void linear(Node node, String g) {
        String x = node.arguments().get(0);
        String weight = node.arguments().get(1);
        String bias = node.arguments().get(2);
        if (blocked.contains(x)) {
            linearInBlocks(node.arguments(), g);
            return;
        }
        if (learned.contains(x)) {
            add(x, note("matmul", shape(x), g, weight));
        }
        String rows = rows(g, shape(node.result()));
        if (learned.contains(weight)) {
            add(weight, note("mm", shape(weight), "torch.t(" + rows + ")", rows(x, shape(x))));
        }
        if (learned.contains(bias)) {
            add(bias, note("sum", shape(bias), rows, "[0]"));
        }
    }

    /** In oneDNN's layout one operation does it for all three; which of them are wanted is its last argument. */
    private void linearInBlocks(List<String> layer, String g) {
        String first = "g" + nodes.size();
        List<String> names = List.of(first, first + "_weight", first + "_bias");
        String wanted = layer.stream().map(name -> learned.contains(name) ? "True" : "False").collect(Collectors.joining(", ", "[", "]"));
        nodes.add(new Node(String.join(", ", names), "mkldnn_linear_backward", List.of(layer.get(0), g, layer.get(1), wanted)));
        for (int i = 0; i < names.size(); i++) {
            add(layer.get(i), new Gradient(names.get(i), shape(layer.get(i))));
        }
    }

    /** All axes but the last as one. */
    private static String rows(String name, Shape shape) {
        return shape.dimension() == 2 ? name : "torch.flatten(" + name + ", 0, -2)";
    }

    /** The gradient of what was summed up or averaged. */
    private Gradient spread(Node node, Gradient g) {
        String x = node.arguments().get(0);
        Gradient each = node.is("sum") ? g
                : times("mul", g, "torch.div(torch.numel(" + node.result() + "), torch.numel(" + x + "))");
        if (each.isNumber()) {
            return each;
        }
        String axes = node.arguments().get(1);
        boolean kept = node.arguments().get(2).equals("True");
        if (axes.contains(",")) {
            throw new NotRecordable("the gradient of a sum over " + axes);
        }
        String column = kept ? each.name() : "torch.unsqueeze(" + each.name() + ", " + axes.replaceAll("[\\[\\]]", "") + ")";
        return note("expand_as", shape(x), column, x);
    }

    /** Adds to the gradient of an argument of an operation that works number by number, summed where it was repeated. */
    private void each(Node node, int argument, Supplier<Gradient> gradient) {
        String name = node.arguments().get(argument);
        if (!learned.contains(name)) {
            return;
        }
        Gradient g = gradient.get();
        boolean repeated = !shape(name).equals(shape(node.result()));
        if (repeated || !g.isNumber()) {
            g = full(g, node.result());
        }
        add(name, repeated ? note("_grad_sum_to_size", shape(name), g.name(), "torch.size(" + name + ")") : g);
    }

    /** An operation on a gradient, number by number. */
    private Gradient times(String operation, Gradient g, String... others) {
        Shape shape = g.isNumber() && others.length > 0 ? shape(others[0]) : g.shape();
        List<String> arguments = new ArrayList<>(List.of(g.name()));
        arguments.addAll(List.of(others));
        return note(operation, shape, arguments.toArray(String[]::new));
    }

    private Gradient full(Gradient g, String like) {
        return g.shape().equals(shape(like)) ? g : note("expand_as", shape(like), g.name(), like);
    }

    private void add(String name, Gradient g) {
        if (learned.contains(name)) {
            found.merge(name, g, (one, other) -> note("add", one.isNumber() ? other.shape() : one.shape(), one.name(), other.name()));
        }
    }

    private Gradient note(String operation, Shape shape, String... arguments) {
        String name = "g" + nodes.size();
        nodes.add(new Node(name, operation, List.of(arguments)));
        shapes.put(name, shape);
        return new Gradient(name, shape);
    }

    /** A number has none of its own. */
    private Shape shape(String name) {
        return shapes.getOrDefault(name, SCALAR);
    }
}
