package dev.retort.script;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** The arguments, those in lists one by one. */
    Stream<String> reads() {
        return arguments.stream().flatMap(Node::each);
    }

    /** The same operation on arrays of other names. */
    Node with(Map<String, String> renamed) {
        return new Node(renamed.getOrDefault(result, result), operation, arguments.stream().map(argument -> {
            String all = each(argument).map(name -> renamed.getOrDefault(name, name)).collect(Collectors.joining(", "));
            return argument.startsWith("[") ? "[" + all + "]" : all;
        }).toList());
    }

    private static Stream<String> each(String argument) {
        return argument.startsWith("[") ? Arrays.stream(argument.substring(1, argument.length() - 1).split(", ")) : Stream.of(argument);
    }

    /** One line of TorchScript. */
    String line() {
        return result + " = torch." + operation + "(" + String.join(", ", arguments) + ")";
    }
}
