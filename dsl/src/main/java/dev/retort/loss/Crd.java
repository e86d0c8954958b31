package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * Contrastive representation distillation (Tian, Krishnan, Isola 2020, «Contrastive Representation Distillation»): what the
 * student makes of a row is to lie near what the teacher makes of it, and far from what it makes of other rows.
 *
 * <p>Both layers are embedded linearly into 128 numbers of length 1, g. A memory keeps an embedding of every training row, for
 * each model; after each batch it moves half way to the new one. With K other rows as negatives, N rows in all and P = 1/N,
 * noise-contrastive estimation gives, mean over rows,
 *
 * <pre>  − log h(own row) − Σ over negatives of log(1 − h(negative)),   h = x / (x + K · P),   x = exp( g · memory / τ ) / Z</pre>
 *
 * for the student against the teacher's memory, plus the same for the teacher against the student's. τ is 0.07; Z is such that x
 * has the mean P · N = 1 in the first batch, and stays. The negatives are drawn for each batch, evenly from all training rows
 * (the paper can also draw them from other classes only); where there are fewer rows than negatives, all serve. The embeddings
 * learn with the student; they and the memories are thrown away. Layers are rows × width, maps are taken as that; the result
 * is a scalar.
 *
 * <p>Of given features ({@link Loss#value(double[][], double[][])}) there is no memory yet, and no embedding: they are
 * compared as they are, each with all the others.
 *
 * @param negatives K, at least 1; the paper has 16384
 */
public record Crd(int negatives) implements LayerTerm {
    private static final int WIDTH = 128;
    private static final double TEMPERATURE = 0.07;

    /** @throws IllegalArgumentException when there is no negative */
    public Crd {
        Numbers.require(negatives >= 1, Numbers.call("crd", negatives) + ": at least one negative is needed; 4096 is usual");
    }

    @Override
    public NDArray of(LayerPair layers) {
        LayerPair rows = layers.flat();
        NDArray student = embedded(rows.student(), "student", rows);
        NDArray teacher = embedded(rows.teacher(), "teacher", rows);
        NDArray ofStudent = memory("student", student, rows);
        NDArray ofTeacher = memory("teacher", teacher, rows);
        NDArray drawn = draw(ofTeacher.getShape().get(0), rows.batch().rows().getManager());
        NDArray loss = contrast(student, ofTeacher, drawn, "student", rows).add(contrast(teacher, ofStudent, drawn, "teacher", rows));
        remember("student", student, rows);
        remember("teacher", teacher, rows);
        return loss;
    }

    private static NDArray embedded(NDArray x, String whose, LayerPair layers) {
        NDArray weight = layers.part(whose + "'s weight");
        if (weight == null) {
            long width = x.getShape().get(1);
            Numbers.require(layers.student().getShape().equals(layers.teacher().getShape()), layers.owner()
                    + " needs embeddings, which are learned in a run; here the widths must be equal, and the " + whose + "'s is " + width);
            return Measures.unit(x);
        }
        return Measures.unit(x.matMul(weight.transpose()).add(layers.part(whose + "'s bias")));
    }

    private static NDArray memory(String whose, NDArray embedded, LayerPair layers) {
        NDArray memory = layers.part(whose + "'s memory");
        return memory == null ? embedded.stopGradient() : memory;
    }

    private NDArray draw(long rows, NDManager manager) {
        return rows <= negatives ? manager.arange((int) rows).toType(DataType.INT64, false)
                : manager.randomInteger(0, rows, new Shape(negatives), DataType.INT64);
    }

    private static NDArray contrast(NDArray anchor, NDArray memory, NDArray drawn, String whose, LayerPair layers) {
        NDArray rows = layers.batch().rows();
        NDArray temperature = layers.constant(TEMPERATURE);
        NDArray own = anchor.mul(pick(memory, rows)).sum(new int[] {1}, true).div(temperature);
        NDArray others = anchor.matMul(pick(memory, drawn).transpose()).div(temperature);
        NDArray other = rows.expandDims(1).neq(drawn.expandDims(0)).toType(anchor.getDataType(), false);
        NDArray count = other.sum(new int[] {1}, true).maximum(layers.constant(1));

        NDArray z = normaliser(own, others.exp().mul(other), count, whose, layers);
        NDArray expected = z.mul(count).log();
        NDArray near = Measures.softplus(expected.sub(own)).mean();
        NDArray far = Measures.softplus(others.sub(expected)).mul(other).sum(new int[] {1}).mean();
        return near.add(far);
    }

    /** The mean of all exponentials of the first batch: Z · P, as a constant. */
    private static NDArray normaliser(NDArray own, NDArray others, NDArray count, String whose, LayerPair layers) {
        NDArray sum = own.exp().sum().add(others.sum());
        NDArray mean = sum.div(count.add(layers.constant(1)).sum()).stopGradient();
        NDArray kept = layers.part(whose + "'s normaliser");
        return kept == null ? mean : kept.addi(mean.mul(Measures.isZero(kept)));
    }

    private static void remember(String whose, NDArray embedded, LayerPair layers) {
        NDArray memory = layers.part(whose + "'s memory");
        NDArray rows = layers.batch().rows();
        if (memory != null) {
            memory.set(new NDIndex("{}", rows), Measures.unit(pick(memory, rows).add(embedded.stopGradient())));
        }
    }

    private static NDArray pick(NDArray memory, NDArray rows) {
        return memory.get(new NDIndex("{}", rows));
    }

    @Override
    public List<Part> parts(Shape student, Shape teacher, long rows) {
        double bound = Math.sqrt(3.0 / WIDTH);
        return List.of(
                Part.weights("student's weight", WIDTH, student.size()), Part.weights("teacher's weight", WIDTH, teacher.size()),
                new Part("student's bias", new Shape(WIDTH), 0, 0, true), new Part("teacher's bias", new Shape(WIDTH), 0, 0, true),
                new Part("student's memory", new Shape(rows, WIDTH), -bound, bound, false),
                new Part("teacher's memory", new Shape(rows, WIDTH), -bound, bound, false),
                new Part("student's normaliser", new Shape(), 0, 0, false), new Part("teacher's normaliser", new Shape(), 0, 0, false));
    }

    @Override
    public String latex() {
        return "-\\log h(g_s, m_t) - \\sum_{k=1}^{" + negatives + "}\\log\\!\\left(1 - h(g_s, m_t^k)\\right) + (s\\leftrightarrow t),"
                + "\\quad h = \\tfrac{x}{x + " + negatives + "/N},\\; x = \\tfrac{1}{Z}e^{g\\cdot m/" + TEMPERATURE + "}";
    }

    @Override
    public String toString() {
        return Numbers.call("crd", negatives);
    }
}
