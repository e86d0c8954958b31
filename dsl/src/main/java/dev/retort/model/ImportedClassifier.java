package dev.retort.model;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import dev.retort.data.Answer;
import dev.retort.data.DataSet;
import dev.retort.data.Layer;
import dev.retort.data.Says;
import dev.retort.data.Split;
import dev.retort.model.Stored.Description;
import dev.retort.train.Logits;
import dev.retort.train.Provenance;
import dev.retort.train.Standardizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * A model that was trained elsewhere: an ONNX or TorchScript file. It gets the raw features of a row, unless it is told to
 * standardise them first, and its classes are taken to be in the order of the data set, unless it is told another. Immutable.
 *
 * <p>Whether it says probabilities or logits is found out by a look at what it says of random rows: probabilities, or their
 * logarithms, sum to 1.
 */
public final class ImportedClassifier extends StoredClassifier {
    private static final String OUTPUT = "output";
    private static final String FORM = "form";
    private static final int PROBED_ROWS = 7;
    private static final double SUM_TOLERANCE = 1e-3;

    /** What its numbers are. */
    private enum Form { LOGITS, PROBABILITIES, LOG_PROBABILITIES }

    private final ImportedEngine engine;

    ImportedClassifier(Stored stored) {
        this(stored, ImportedEngine.of(stored.description().kind(), stored.content(), new Shape(stored.description().rowShape())));
    }

    private ImportedClassifier(Stored stored, ImportedEngine engine) {
        super(stored);
        this.engine = engine;
    }

    /**
     * Reads an ONNX file, for rows like those of a data set. All its tensors are there as layers, by name.
     *
     * @throws IOException              when the file cannot be read
     * @throws IllegalArgumentException when ONNX Runtime cannot run it, or its input or outputs do not suit the data set
     */
    public static ImportedClassifier onnx(Path file, DataSet data) throws IOException {
        return of(OnnxEngine.KIND, file, data, null);
    }

    /**
     * Reads an ONNX file of which one tensor, such as that before a softmax, is to be the answer.
     *
     * @throws IOException              when the file cannot be read
     * @throws IllegalArgumentException as for a file as it is, or when there is no such tensor
     */
    public static ImportedClassifier onnx(Path file, DataSet data, String tensor) throws IOException {
        return of(OnnxEngine.KIND, file, data, tensor);
    }

    /**
     * Reads a TorchScript file, as {@code torch.jit.save} writes it, for rows like those of a data set. It may want them flat.
     * Where it returns several tensors, the first is the answer; all are there as layers {@code output.1}, {@code output.2}, ….
     *
     * @throws IOException              when the file cannot be read
     * @throws IllegalArgumentException when libtorch cannot run it, or its input or output do not suit the data set
     */
    public static ImportedClassifier torchScript(Path file, DataSet data) throws IOException {
        return of(ScriptEngine.KIND, file, data, null);
    }

    private static ImportedClassifier of(String kind, Path file, DataSet data, String tensor) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        return of(kind, file.getFileName().toString(), Files.readAllBytes(file), data, tensor);
    }

    /** @param tensor its answer; null for its first output that has a number for each class */
    static ImportedClassifier of(String kind, String name, byte[] content, DataSet data, String tensor) {
        try {
            ImportedEngine engine = ImportedEngine.of(kind, content, data.rowShape());
            String output = tensor == null ? output(engine, data.classes().size()) : checked(engine, tensor, data.classes().size());
            Map<String, String> details = Map.of(OUTPUT, output, FORM, form(engine, output, data.rowShape()).name());
            Description description = new Description(kind, name, data.classes(), data.rowShape().getShape(), data.columns(),
                    Standardizer.NONE.mean(), Standardizer.NONE.deviation(), details);
            return new ImportedClassifier(new Stored(description, null, content), engine).told();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " cannot be used for " + data.name() + ": " + e.getMessage(), e);
        }
    }

    private static String output(ImportedEngine engine, int classes) {
        return engine.outputs().stream().filter(name -> isAnswer(engine, name, classes)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("none of its outputs is a row of " + classes
                        + " numbers, one a class; it has " + engine.tensors()));
    }

    private static String checked(ImportedEngine engine, String tensor, int classes) {
        if (!isAnswer(engine, tensor, classes)) {
            throw new IllegalArgumentException("it has no tensor '" + tensor + "' of " + classes + " numbers a row, one a class; it has "
                    + engine.tensors());
        }
        return tensor;
    }

    private static boolean isAnswer(ImportedEngine engine, String tensor, int classes) {
        return new Shape(classes).equals(engine.tensors().get(tensor));
    }

    private static Form form(ImportedEngine engine, String output, Shape rowShape) {
        float[] rows = new float[PROBED_ROWS * (int) rowShape.size()];
        Random random = new Random(1);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) random.nextGaussian();
        }
        try (ImportedEngine.Session session = engine.open(Device.cpu())) {
            float[] said = session.run(rows, PROBED_ROWS, Set.of(output)).get(output).values();
            return sumToOne(said, x -> x) ? Form.PROBABILITIES : sumToOne(said, Math::exp) ? Form.LOG_PROBABILITIES : Form.LOGITS;
        }
    }

    private static boolean sumToOne(float[] said, DoubleUnaryOperator share) {
        int classes = said.length / PROBED_ROWS;
        return IntStream.range(0, said.length).allMatch(i -> share.applyAsDouble(said[i]) >= 0)
                && IntStream.range(0, PROBED_ROWS).allMatch(row -> Math.abs(IntStream.range(row * classes, (row + 1) * classes)
                        .mapToDouble(i -> share.applyAsDouble(said[i])).sum() - 1) < SUM_TOLERANCE);
    }

    /**
     * The same model, which gets {@code (feature − mean) / deviation}: {@code standardised(0, 255)} makes pixels numbers from
     * 0 to 1.
     */
    public ImportedClassifier standardised(double mean, double deviation) {
        return standardised(new double[] {mean}, new double[] {deviation});
    }

    /**
     * The same model, which gets {@code (feature − mean) / deviation}, with figures of each column.
     *
     * @throws IllegalArgumentException when there is not one of each a column, or a deviation is 0 or less
     */
    public ImportedClassifier standardised(double[] mean, double[] deviation) {
        long width = rowShape().size();
        if (mean.length != deviation.length || mean.length != 1 && mean.length != width
                || !Arrays.stream(deviation).allMatch(d -> d > 0)) {
            throw new IllegalArgumentException("standardised(" + Arrays.toString(mean) + ", " + Arrays.toString(deviation)
                    + "): one mean and one deviation above 0 are needed, or one of each for all " + width + " columns");
        }
        Description d = stored().description();
        Description other = new Description(d.kind(), d.name(), d.classes(), d.rowShape(), d.columns(),
                Logits.ofDoubles(mean), Logits.ofDoubles(deviation), d.details());
        return new ImportedClassifier(new Stored(other, null, content()), engine).told();
    }

    /**
     * The same model, which has its classes in this order; its answers are put into the order of the data set.
     *
     * @throws IllegalArgumentException when these are not the classes of the data set
     */
    public Classifier classOrder(String... own) {
        Description d = stored().description();
        Description other = new Description(d.kind(), d.name(), List.of(own), d.rowShape(), d.columns(),
                d.mean(), d.deviation(), d.details());
        return new ImportedClassifier(new Stored(other, null, content()), engine).told().inOrderOf(classes());
    }

    private ImportedClassifier told() {
        return new ImportedClassifier(stored().told(Provenance.elsewhere(name(), fingerprint(), "")), engine);
    }

    @Override
    public Says says() {
        return form() == Form.LOGITS ? Says.LOGITS : Says.PROBABILITIES;
    }

    private Form form() {
        return Form.valueOf(detail(FORM));
    }

    @Override
    public Map<String, Shape> layers() {
        return engine.tensors();
    }

    @Override
    public long parameters() {
        return engine.parameters();
    }

    @Override
    public Scorer open(Device device) {
        return new ImportedScorer(engine.open(device));
    }

    private final class ImportedScorer implements Scorer {
        private final ImportedEngine.Session session;

        ImportedScorer(ImportedEngine.Session session) {
            this.session = session;
        }

        @Override
        public Answer answer(Split rows, int from, int to, Set<String> layers) {
            Set<String> wanted = new HashSet<>(layers);
            wanted.add(detail(OUTPUT));
            Map<String, Layer> said = session.run(inputs().apply(rows, from, to), to - from, wanted);
            float[] answer = said.get(detail(OUTPUT)).values();
            said.keySet().retainAll(layers);
            return new Answer(form() == Form.PROBABILITIES ? Logits.ofProbabilities(doubles(answer)) : answer, said);
        }

        @Override
        public int threads(Set<String> layers) {
            return session.threads();
        }

        private static double[] doubles(float[] values) {
            return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
