package dev.retort.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a {@link Recorder} has noted so far. The same operation on the same arrays is noted once. */
final class Notes {
    /** As libtorch numbers them. */
    private static final Map<DataType, Integer> TYPES = Map.of(
            DataType.INT32, 3, DataType.INT64, 4, DataType.FLOAT32, 6, DataType.FLOAT64, 7, DataType.BOOLEAN, 11);

    private final long rows;
    private final NDManager keeper;
    private final Map<NDArray, String> names = new IdentityHashMap<>();
    /** By operation and arguments as text: for the hash of a record Java would write code first. */
    private final Map<String, String> results = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<NDArray> constants = new ArrayList<>();
    private final Map<String, Shape> shapes = new HashMap<>();

    Notes(long rows, NDManager keeper) {
        this.rows = rows;
        this.keeper = keeper;
    }

    void name(NDArray array, String name) {
        names.put(array, name);
    }

    Recording recording(List<String> values) {
        return new Recording(nodes, values, constants, shapes);
    }

    /**
     * Notes an operation of {@link Operations}.
     *
     * @param self the array that it was called on
     * @return the name of its result; null for a constant
     */
    String note(String operation, Operand self, Object[] arguments, NDArray result) {
        if (isConstant(self) && Arrays.stream(arguments).allMatch(this::isConstant)) {
            return null;
        }
        String[] words = operation.split(" ");
        List<String> texts = Arrays.stream(words).skip(1).map(word -> argument(word, self, arguments, result)).toList();
        return results.computeIfAbsent(words[0] + texts, same -> {
            nodes.add(new Node("v" + nodes.size(), words[0], texts));
            return known(nodes.get(nodes.size() - 1).result(), result);
        });
    }

    private boolean isConstant(Object argument) {
        if (argument instanceof List<?> list) {
            return list.stream().allMatch(this::isConstant);
        }
        return !(argument instanceof NDArray) && !(argument instanceof Operand operand && !operand.isConstant());
    }

    private String argument(String word, Operand self, Object[] arguments, NDArray result) {
        return switch (word) {
            case "0" -> tensor(self);
            case "0+1" -> Stream.concat(Stream.of(self), ((List<?>) arguments[0]).stream())
                    .map(this::tensor).collect(Collectors.joining(", ", "[", "]"));
            case "t1" -> tensor(arguments[0]);
            case "shape" -> shapeOf(result);
            case "1-7" -> String.valueOf(1 - (float) arguments[6]);
            case "unless3" -> unless((boolean) arguments[2]);
            default -> Character.isDigit(word.charAt(0)) ? text(arguments[word.charAt(0) - '1']) : word;
        };
    }

    private String unless(boolean training) {
        if (training) {
            throw new NotRecordable("what draws random numbers");
        }
        return text(false);
    }

    /** The rows of a batch vary, so their number is left open. */
    private String shapeOf(NDArray result) {
        return Arrays.stream(result.getShape().getShape()).mapToObj(n -> n == rows ? "-1" : String.valueOf(n))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** Where a number will not do. */
    private String tensor(Object argument) {
        boolean number = argument instanceof Operand operand && operand.isConstant() && operand.example().isScalar();
        return number ? "torch.scalar_tensor(" + text(argument) + ")" : text(argument);
    }

    /** @throws NotRecordable for an array that does not come from an input */
    String text(Object argument) {
        if (argument instanceof Operand operand) {
            return operand.isConstant() ? constant(operand.example()) : known(operand.name(), operand.example());
        }
        if (argument instanceof NDArray array) {
            if (!names.containsKey(array)) {
                throw new NotRecordable("an array of " + array.getShape() + " that does not come from an input");
            }
            return known(names.get(array), array);
        }
        if (argument instanceof int[] numbers) {
            return Arrays.toString(numbers);
        }
        if (argument instanceof Shape shape) {
            return Arrays.toString(shape.getShape());
        }
        if (argument instanceof DataType type) {
            return String.valueOf(TYPES.get(type));
        }
        if (argument instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        return argument == null ? "None" : String.valueOf(argument);
    }

    private String known(String name, NDArray example) {
        shapes.put(name, example.getShape());
        return name;
    }

    private String constant(NDArray array) {
        if (!array.isScalar()) {
            array.attach(keeper);
            constants.add(array);
            return known("self.constants[" + (constants.size() - 1) + "]", array);
        }
        double value = array.toType(DataType.FLOAT64, true).getDouble();
        if (!Double.isFinite(value)) {
            throw new NotRecordable("the constant " + value);
        }
        return String.valueOf(value);
    }
}
