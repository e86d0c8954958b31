package dev.retort.script;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A recording in two parts: what follows row by row from what is given, such as a teacher's softened probabilities, and all else.
 *
 * @param ahead its results are what the second part reads of the first
 * @param rest  reads them by their names
 */
public record Ahead(Recording ahead, Recording rest) {
    private static final Set<String> NUMBER_BY_NUMBER = Set.of("add", "sub", "mul", "div", "neg", "exp", "log", "square", "sqrt");
    private static final Set<String> ALONG_AN_AXIS = Set.of("softmax", "log_softmax");

    static Ahead of(Recording recording, Predicate<String> given) {
        Set<String> known = new HashSet<>();
        List<Node> ahead = new ArrayList<>();
        List<Node> rest = new ArrayList<>();
        for (Node node : recording.nodes()) {
            boolean row = isRowByRow(node, recording.shapes())
                    && node.reads().allMatch(name -> known.contains(name) || given.test(name) || isNumber(name));
            (row ? ahead : rest).add(node);
            if (row) {
                known.add(node.result());
            }
        }
        List<String> read = known.stream().sorted()
                .filter(name -> recording.results().contains(name) || rest.stream().flatMap(Node::reads).anyMatch(name::equals)).toList();
        return new Ahead(new Recording(ahead, read, List.of(), recording.shapes()), recording.withNodes(rest));
    }

    /** Along the last axis of rows × …, or number by number where nothing is repeated. */
    private static boolean isRowByRow(Node node, Map<String, Shape> shapes) {
        if (!NUMBER_BY_NUMBER.contains(node.operation())
                && !(ALONG_AN_AXIS.contains(node.operation()) && node.arguments().get(1).equals("-1"))) {
            return false;
        }
        Shape result = shapes.get(node.result());
        return result.dimension() > 1 && node.reads().allMatch(name -> isNumber(name) || result.equals(shapes.get(name)));
    }

    /** How many numbers the first part makes of each row. */
    public long width() {
        return ahead.results().stream().mapToLong(name -> ahead.shapes().get(name).slice(1).size()).sum();
    }

    private static boolean isNumber(String argument) {
        return argument.matches("-?\\d.*");
    }
}
