package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.retort.device.Torch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;

/** One batch of a term between two layers, in double precision: the numbers of both layers, and of the term's parts. */
record Trial(LayerLoss loss, Shape student, Shape teacher, long[] places, Map<String, double[]> numbers) {
    static final String STUDENT = "s";
    static final String TEACHER = "t";
    private static final int ROWS_IN_ALL = 6;

    /** Random numbers, always the same. */
    static Trial of(LayerTerm term, Shape student, Shape teacher) {
        long[] places = {5, 0, 3, 2};
        LayerLoss loss = new LayerLoss(term, TEACHER, STUDENT);
        Random random = new Random(7);
        boolean probabilities = term instanceof AttentionKl;
        Map<String, double[]> numbers = new LinkedHashMap<>();
        numbers.put(STUDENT, random.doubles(places.length * student.size(), probabilities ? 0.1 : -2, 2).toArray());
        numbers.put(TEACHER, random.doubles(places.length * teacher.size(), probabilities ? 0.1 : -2, 2).toArray());
        for (Part part : parts(loss, student, teacher)) {
            numbers.put(part.name(), random.doubles(part.shape().size(), 0.1, 0.9).toArray());
        }
        return new Trial(loss, student, teacher, places, numbers);
    }

    private static Iterable<Part> parts(LayerLoss loss, Shape student, Shape teacher) {
        return loss.parts(new Layout(ROWS_IN_ALL, Map.of(STUDENT, student), Map.of(TEACHER, teacher)));
    }

    /** The same with other numbers. */
    Trial with(String name, double... other) {
        Map<String, double[]> changed = new LinkedHashMap<>(numbers);
        changed.put(name, other);
        return new Trial(loss, student, teacher, places, changed);
    }

    /** The same with one number moved. */
    Trial moved(String name, int i, double by) {
        double[] other = numbers.get(name).clone();
        other[i] += by;
        return with(name, other);
    }

    /** The same with its first row alone. */
    Trial first() {
        return new Trial(loss, student, teacher, new long[] {places[0]}, numbers)
                .with(STUDENT, Arrays.copyOf(numbers.get(STUDENT), (int) student.size()))
                .with(TEACHER, Arrays.copyOf(numbers.get(TEACHER), (int) teacher.size()));
    }

    /** The same with its rows in reverse. */
    Trial reversed() {
        long[] turned = new long[places.length];
        Arrays.setAll(turned, i -> places[places.length - 1 - i]);
        return new Trial(loss, student, teacher, turned, numbers)
                .with(STUDENT, reversed(numbers.get(STUDENT))).with(TEACHER, reversed(numbers.get(TEACHER)));
    }

    private double[] reversed(double[] values) {
        int width = values.length / places.length;
        double[] turned = new double[values.length];
        for (int row = 0; row < places.length; row++) {
            System.arraycopy(values, row * width, turned, (places.length - 1 - row) * width, width);
        }
        return turned;
    }

    double value() {
        return in(batch -> loss.of(batch).getDouble());
    }

    /** What a part holds after so many batches. */
    double[] partAfter(int batches, String part) {
        return in(batch -> {
            for (int i = 0; i < batches; i++) {
                loss.of(batch);
            }
            return batch.parts().get(partName(part)).toDoubleArray();
        });
    }

    String partName(String part) {
        return LayerPair.partName(loss.toString(), part);
    }

    /** The slope in each number of the student's layer and of the parts that are trained. */
    Map<String, double[]> gradients() {
        return in(batch -> {
            Map<String, NDArray> learning = new LinkedHashMap<>(Map.of(STUDENT, batch.studentLayers().get(STUDENT)));
            parts(loss, student, teacher).forEach(part -> {
                if (part.trained()) {
                    learning.put(part.name(), batch.parts().get(part.name()));
                }
            });
            learning.values().forEach(array -> array.setRequiresGradient(true));
            try (GradientCollector collector = Torch.engine().newGradientCollector()) {
                collector.backward(loss.of(batch));
                Map<String, double[]> gradients = new LinkedHashMap<>();
                learning.forEach((name, array) -> gradients.put(name, array.getGradient().toDoubleArray()));
                return gradients;
            }
        });
    }

    private <T> T in(Function<Batch, T> work) {
        try (NDManager manager = Torch.manager()) {
            Map<String, NDArray> parts = new LinkedHashMap<>();
            for (Part part : parts(loss, student, teacher)) {
                parts.put(part.name(), manager.create(numbers.get(part.name()), part.shape()));
            }
            return work.apply(new Batch(null, null, null, manager.create(places),
                    Map.of(STUDENT, rows(manager, STUDENT, student)), Map.of(TEACHER, rows(manager, TEACHER, teacher)), parts, Moment.START));
        }
    }

    private NDArray rows(NDManager manager, String name, Shape shape) {
        return manager.create(numbers.get(name), new Shape(places.length).addAll(shape));
    }

    @Override
    public String toString() {
        return loss.term() + " " + student + " " + teacher;
    }

    static Stream<Trial> ofAllTerms() {
        Shape narrow = new Shape(3);
        Shape wide = new Shape(4);
        Shape small = new Shape(2, 3, 2);
        Shape large = new Shape(3, 4, 5);
        Shape attention = new Shape(2, 3, 3);
        return Stream.of(
                of(new Hint(), narrow, wide), of(new Hint(), narrow, narrow), of(new Hint(), small, large),
                of(new Vid(), narrow, wide), of(new Vid(), large, small),
                of(new RkdDistance(), narrow, wide), of(new RkdDistance(), small, wide), of(new RkdAngle(), narrow, wide),
                of(new SimilarityPreserving(), narrow, wide), of(new Pkt(), narrow, wide), of(new Crd(9), narrow, wide),
                of(new AttentionTransfer(), small, large), of(new AttentionTransfer(), large, small), of(new Nst(), small, large),
                of(new HiddenCosine(), wide, wide), of(new AttentionKl(), attention, attention));
    }
}
