package dev.retort.model;

import dev.retort.data.Split;
import dev.retort.train.Lesson;
import dev.retort.train.Standardizer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** How rows become Tribuo's examples. */
final class TribuoInputs {
    /**
     * A class that is asked for less is left out, since it would cost as much as a whole row. For letter's 26 classes trees are as
     * accurate as with all of them; at 3 % they would be six points worse.
     */
    private static final double LEAST_WEIGHT = 0.01;
    private static final int NAME_LENGTH = 6;
    private static final LabelFactory LABELS = new LabelFactory();

    private final Standardizer standardizer;
    private final String[] names;

    /** With features called by the numbers of their columns. */
    TribuoInputs(Standardizer standardizer, int width) {
        this(standardizer, numbered(width, NAME_LENGTH));
    }

    TribuoInputs(Standardizer standardizer, List<String> names) {
        this.standardizer = standardizer;
        this.names = names.toArray(String[]::new);
    }

    /** 000000, 000001, …: Tribuo orders features by name. */
    static List<String> numbered(int width, int length) {
        return IntStream.range(0, width).mapToObj(column -> String.format("%0" + length + "d", column)).toList();
    }

    /** The column of a feature that is called by its number. */
    static int column(String name) {
        return Integer.parseInt(name);
    }

    /** Some rows, without labels. */
    List<Example<Label>> examples(Split rows, int from, int to) {
        return IntStream.range(from, to)
                .<Example<Label>>mapToObj(i -> new ArrayExample<>(LabelFactory.UNKNOWN_LABEL, names, values(rows, i))).toList();
    }

    /**
     * The rows of a lesson, each once for every class of which the loss asks for 1 % or more, and weighted accordingly; the
     * weights of a row sum to 1. A row for which it asks nothing, without a label say, is left out. Without weights, each is
     * there once, with the class that is asked for most.
     */
    MutableDataset<Label> examples(Lesson lesson, boolean weighted) {
        Split rows = lesson.rows();
        MutableDataset<Label> examples = new MutableDataset<>(
                new SimpleDataSourceProvenance(rows.name(), OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC), LABELS), LABELS);
        for (int i = 0; i < rows.size(); i++) {
            double[] asked = asked(lesson, i);
            if (!weighted) {
                asked = onlyMost(asked);
            }
            for (int c = 0; c < asked.length; c++) {
                if (asked[c] > 0) {
                    Example<Label> example = new ArrayExample<>(new Label(rows.classes().get(c)), names, values(rows, i));
                    example.setWeight((float) asked[c]);
                    examples.add(example);
                }
            }
        }
        return examples;
    }

    private double[] values(Split rows, int i) {
        float[] row = standardizer.apply(rows, i, i + 1);
        return IntStream.range(0, row.length).mapToDouble(j -> row[j]).toArray();
    }

    private static double[] asked(Lesson lesson, int i) {
        int classes = lesson.rows().classes().size();
        float[] teacher = lesson.targets() == null ? null : lesson.targets().answers().of(i);
        double[] asked = lesson.loss().asks(teacher, lesson.rows().label(i), classes);
        double least = LEAST_WEIGHT * Arrays.stream(asked).sum();
        double[] enough = Arrays.stream(asked).map(weight -> weight < least ? 0 : weight).toArray();
        double sum = Arrays.stream(enough).sum();
        return sum == 0 ? enough : Arrays.stream(enough).map(weight -> weight / sum).toArray();
    }

    private static double[] onlyMost(double[] asked) {
        int most = IntStream.range(0, asked.length).reduce((a, b) -> asked[b] > asked[a] ? b : a).orElseThrow();
        double[] only = new double[asked.length];
        only[most] = asked[most] > 0 ? 1 : 0;
        return only;
    }
}
