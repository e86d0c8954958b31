package dev.retort.script;

import java.util.List;
import java.util.Map;

/**
 * One operation on arrays.
 *
 * @param result    the name of what comes out
 * @param operation of libtorch, such as {@code conv2d}
 * @param arguments as TorchScript text: names of arrays, and literals
 */
public record Node(String result, String operation, List<String> arguments) {
    public Node {
        arguments = List.copyOf(arguments);
    }

    boolean is(String... operations) {
        return List.of(operations).contains(operation);
    }

    /** The same operation on arrays of other names. */
    Node with(Map<String, String> renamed) {
        return new Node(renamed.getOrDefault(result, result), operation,
                arguments.stream().map(argument -> renamed.getOrDefault(argument, argument)).toList());
    }

    /** One line of TorchScript. */
    String line() {
        return result + " = torch." + operation + "(" + String.join(", ", arguments) + ")";
    }
}
