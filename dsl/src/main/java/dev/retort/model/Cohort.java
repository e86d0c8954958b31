package dev.retort.model;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import dev.retort.data.Split;
import dev.retort.device.Torch;
import dev.retort.train.Lesson;
import dev.retort.train.Loop;
import dev.retort.train.Peers;
import dev.retort.train.Standardizer;
import dev.retort.train.Trained;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Networks that are trained in the same steps, side by side in one net whose layers are their logits. */
public final class Cohort {
    private final List<NetBlueprint> members;

    /** @throws IllegalArgumentException when one is no network */
    public Cohort(List<Blueprint> members) {
        this.members = members.stream().map(Cohort::network).toList();
    }

    private static NetBlueprint network(Blueprint member) {
        if (member instanceof NetBlueprint network) {
            return network;
        }
        throw new IllegalArgumentException(member + " cannot learn step by step beside others; only networks can");
    }

    /**
     * Trains them all, on a loss that looks at {@code layer.1}, {@code layer.2}, …: their logits. What the monitor shows of
     * accuracy is the first one's.
     *
     * @return one classifier a member; those so far when the thread is interrupted
     */
    public List<Classifier> train(Lesson lesson) {
        Split rows = lesson.rows();
        members.forEach(member -> member.check(rows));
        Standardizer inputs = Standardizer.of(rows);
        Trained trained;
        try (Loop loop = new Loop(toString(), net(rows), inputs, lesson)) {
            trained = loop.run(soFar -> { });
        }
        if (trained.failure() != null) {
            throw new Diverged(trained.failure(), null);
        }
        List<byte[]> weights = split(rows, trained.weights());
        List<Classifier> classifiers = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            classifiers.add(members.get(i).classifier(lesson, inputs, trained.with(weights.get(i))));
        }
        return classifiers;
    }

    private Peers net(Split rows) {
        Peers net = new Peers();
        members.forEach(member -> net.add(member.block(rows.rowShape(), rows.classes().size())));
        return net;
    }

    private List<byte[]> split(Split rows, byte[] weights) {
        Peers net = net(rows);
        try (NDManager manager = Torch.manager()) {
            net.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(rows.rowShape()));
            net.loadParameters(manager, new DataInputStream(new ByteArrayInputStream(weights)));
            List<byte[]> each = new ArrayList<>();
            for (Block member : net.getChildren().values()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                member.saveParameters(new DataOutputStream(bytes));
                each.add(bytes.toByteArray());
            }
            return each;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedModelException e) {
            throw new AssertionError("the weights are those of the net", e);
        }
    }

    @Override
    public String toString() {
        return members.stream().map(NetBlueprint::toString).collect(Collectors.joining(", ", "mutual(", ")"));
    }
}
