package dev.retort.model;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import dev.retort.data.Answer;
import dev.retort.data.Says;
import dev.retort.data.Split;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A classifier whose classes are given in another order. */
final class Rearranged extends UnsavedClassifier {
    private final Classifier classifier;
    private final List<String> classes;
    private final int[] places;

    /** @throws IllegalArgumentException when the classes differ in more than their order */
    Rearranged(Classifier classifier, List<String> classes) {
        if (!Set.copyOf(classifier.classes()).equals(Set.copyOf(classes)) || classifier.classes().size() != classes.size()) {
            throw new IllegalArgumentException("the classes of " + classifier.name() + " are " + Scores.brief(classifier.classes())
                    + ", those wanted are " + Scores.brief(classes) + ": that is more than another order");
        }
        this.classifier = classifier;
        this.classes = List.copyOf(classes);
        places = classes.stream().mapToInt(classifier.classes()::indexOf).toArray();
    }

    @Override
    public String name() {
        return classifier.name();
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public Shape rowShape() {
        return classifier.rowShape();
    }

    @Override
    public List<String> columns() {
        return classifier.columns();
    }

    @Override
    public Says says() {
        return classifier.says();
    }

    @Override
    public Map<String, Shape> layers() {
        return classifier.layers();
    }

    @Override
    public long parameters() {
        return classifier.parameters();
    }

    @Override
    public long bytes() {
        return classifier.bytes();
    }

    @Override
    public String fingerprint() {
        return Fingerprint.of(classifier.fingerprint() + classes);
    }

    @Override
    public Scorer open(Device device) {
        Scorer scorer = classifier.open(device);
        return new Scorer() {
            @Override
            public Answer answer(Split rows, int from, int to, Set<String> layers) {
                Answer answer = scorer.answer(rows, from, to, layers);
                return new Answer(rearranged(answer.logits()), answer.layers());
            }

            @Override
            public int threads(Set<String> layers) {
                return scorer.threads(layers);
            }

            @Override
            public int rowsAtOnce() {
                return scorer.rowsAtOnce();
            }

            @Override
            public void close() {
                scorer.close();
            }
        };
    }

    private float[] rearranged(float[] logits) {
        float[] moved = new float[logits.length];
        for (int i = 0; i < moved.length; i++) {
            int c = i % places.length;
            moved[i] = logits[i - c + places[c]];
        }
        return moved;
    }
}
