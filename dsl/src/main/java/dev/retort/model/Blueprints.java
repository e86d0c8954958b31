package dev.retort.model;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of blueprint there are. */
public final class Blueprints {
    private static final Pattern CALL = Pattern.compile("(mlp|cnn|resnet)\\(([\\d, ]+)\\)");

    private Blueprints() {
    }

    /** {@code mlp(64, 32)}: hidden layers with ReLU. */
    public static Blueprint mlp(int... widths) {
        return new Mlp(boxed(widths));
    }

    /** {@code cnn(32, 64)}: convolutions with ReLU and pooling, for images. */
    public static Blueprint cnn(int... channels) {
        return new Cnn(boxed(channels));
    }

    /** {@code resnet(16, 32, 64)}: residual units, for images. */
    public static Blueprint resnet(int... channels) {
        return new Resnet(boxed(channels));
    }

    /** A network of the user's own, under a name. */
    public static Blueprint block(String name, BlockSource source) {
        return new CustomBlock(name, source);
    }

    /** Reads what {@code toString()} wrote; null for a network of the user's own. */
    static NetBlueprint parse(String text) {
        Matcher call = CALL.matcher(text);
        if (!call.matches()) {
            return null;
        }
        List<Integer> sizes = Arrays.stream(call.group(2).split(", ")).map(Integer::valueOf).toList();
        return switch (call.group(1)) {
            case "mlp" -> new Mlp(sizes);
            case "cnn" -> new Cnn(sizes);
            default -> new Resnet(sizes);
        };
    }

    private static List<Integer> boxed(int[] sizes) {
        return Arrays.stream(sizes).boxed().toList();
    }
}
