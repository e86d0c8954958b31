package dev.retort.notebook;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.mlp;
import static dev.retort.Retort.softTargets;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import dev.retort.device.Devices;
import dev.retort.device.Torch;
import dev.retort.loss.Loss;
import dev.retort.report.Charts;
import dev.retort.report.Comparison;
import dev.retort.train.Monitor;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class RenderingTest {
    private static final String LEFT = "\\left";
    private static final String RIGHT = "\\right";
    private static final String BEGIN = "\\begin";
    private static final String END = "\\end";
    private static final String BRACKET = "\\\\(?:left|right|begin|end)(?![a-zA-Z])|\\\\.|[{}]";

    private final NotebookKernel kernel = new NotebookKernel();
    private final Renderer renderer = kernel.getRenderer();

    @BeforeEach
    void install() {
        new RetortExtension().install(kernel);
    }

    @AfterEach
    void stopWatching() {
        Monitor.use(() -> progress -> { });
    }

    @Test
    void theWordsArePreloaded() {
        assertThat(kernel.evaluated).singleElement().asString().contains("import static dev.retort.Retort.*;");
    }

    @Test
    void aTableIsHtmlWithPlainTextBesideIt() {
        DisplayData data = renderer.render(Table.create("scores",
                StringColumn.create("name", "a<b>", "c"), DoubleColumn.create("value", 0.123456, 12), IntColumn.create("n", 1, 20)));
        assertThat(text(data, MIMEType.TEXT_HTML))
                .contains("<caption>scores</caption>", "<td style=\"text-align:left\">a&lt;b&gt;</td>",
                        "<td style=\"text-align:right\">0.12</td>", "<td style=\"text-align:right\">20</td>", "2 rows × 3 columns")
                .doesNotContain("<b>");
        assertThat(text(data, MIMEType.TEXT_PLAIN)).isEqualTo("""
                scores
                name  value   n
                ────  ─────  ──
                a<b>   0.12   1
                c     12.00  20
                2 rows × 3 columns""");
    }

    @Test
    void aLongTableShowsItsFirstAndLastRows() {
        DisplayData data = renderer.render(Table.create("long", IntColumn.create("i", IntStream.range(0, 1000).toArray())));
        assertThat(text(data, MIMEType.TEXT_HTML)).contains(">0<", ">9<", ">⋮<", ">990<", ">999<", "1,000 rows × 1 columns")
                .doesNotContain(">10<", ">989<");
    }

    @Test
    void aMissingValueIsAnEmptyCell() {
        DoubleColumn column = DoubleColumn.create("x", 1.5);
        column.appendMissing();
        assertThat(text(renderer.render(Table.create("t", column)), MIMEType.TEXT_HTML)).contains("<td style=\"text-align:right\"></td>");
    }

    @Test
    void aChartIsSvgWithAPngBesideIt() throws Exception {
        var teacher = mlp(8).fit(dataset("digits").train(), epochs(1).seed(1));
        DisplayData data = renderer.render(Charts.softened(teacher, dataset("digits").test().rows(0, 1), 1, 4));
        assertThat(text(data, MIMEType.IMAGE_SVG)).contains("<svg").contains("</svg>");
        assertThat(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(text(data, MIMEType.IMAGE_PNG)))).getWidth())
                .isGreaterThan(300);
        assertThat(text(data, MIMEType.TEXT_PLAIN)).startsWith("chart: mlp(8) on row");
    }

    @Test
    void imagesShowAsImages() throws Exception {
        DisplayData data = renderer.render(dataset("digits").test().take(12));
        var sheet = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(text(data, MIMEType.IMAGE_PNG))));
        assertThat(sheet.getWidth()).isEqualTo(10 * 68);
        assertThat(sheet.getHeight()).isEqualTo(2 * 68);
        assertThat(renderer.render(dataset("letter").test().take(12)).hasDataForType(MIMEType.IMAGE_PNG)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("dev.retort.distill.LossLanguageTest#losses")
    void everyLossIsAnEquationWhoseBracketsClose(Loss loss) {
        String latex = text(renderer.render(loss), MIMEType.TEXT_LATEX);
        assertThat(latex).startsWith("$$").endsWith("$$");
        String equation = latex.substring(2, latex.length() - 2);
        assertThat(equation).isNotBlank().doesNotContain("$", "null");
        Deque<String> open = new ArrayDeque<>();
        Pattern.compile(BRACKET).matcher(equation).results().map(MatchResult::group).forEach(bracket -> {
            switch (bracket) {
                case "{", LEFT, BEGIN -> open.push(bracket);
                case "}" -> assertThat(open.poll()).as(equation).isEqualTo("{");
                case RIGHT -> assertThat(open.poll()).as(equation).isEqualTo(LEFT);
                case END -> assertThat(open.poll()).as(equation).isEqualTo(BEGIN);
                default -> { } // Another command, or an escaped brace.
            }
        });
        assertThat(open).as(equation).isEmpty();
    }

    @Test
    void aLossIsAnEquation() {
        assertThat(text(renderer.render(softTargets(4)), MIMEType.TEXT_LATEX)).contains("4^2\\,\\mathrm{KL}");
    }

    @Test
    void aComparisonIsATableWithItsSummary() {
        var digits = dataset("digits");
        var big = mlp(16).fit(digits.train(), epochs(1).seed(1));
        var small = mlp(4).fit(digits.train(), epochs(1).seed(1));
        DisplayData data = renderer.render(Comparison.of(digits.test(), big, small));
        assertThat(text(data, MIMEType.TEXT_HTML)).contains("<table>").contains("<p>mlp(4) is ");
        assertThat(text(data, MIMEType.TEXT_PLAIN)).contains("mlp(4) is ").contains("2 rows × 8 columns");
    }

    @Test
    void aTrainingHasOnePanelThatIsUpdatedInPlace() {
        mlp(8).fit(dataset("digits").train(), epochs(3).seed(1));
        assertThat(kernel.displayed).hasSize(1);
        String id = kernel.displayed.get(0).getDisplayId();
        assertThat(kernel.updated).isNotEmpty().allMatch(panel -> panel.getDisplayId().equals(id));
        DisplayData last = kernel.updated.get(kernel.updated.size() - 1);
        assertThat(text(kernel.displayed.get(0), MIMEType.TEXT_HTML)).contains("mlp(8) on digits/train", "preparing the rows", "width:0.0%");
        assertThat(text(last, MIMEType.TEXT_HTML)).contains("mlp(8) on digits/train", "epoch 3 of 3", "✓ done", "cpu").doesNotContain("height:6px");
        assertThat(text(last, MIMEType.TEXT_PLAIN)).startsWith("mlp(8) on digits/train: epoch 3 of 3, loss ");
    }

    @Test
    void epochsThatAreOverAtOnceDoNotFloodThePanel() {
        long began = System.nanoTime();
        mlp(4).fit(dataset("digits").train().take(100), epochs(300).seed(1));
        long most = 2 + (System.nanoTime() - began) / 100_000_000;
        assertThat((long) kernel.updated.size()).isLessThanOrEqualTo(most);
        assertThat(text(kernel.updated.get(kernel.updated.size() - 1), MIMEType.TEXT_PLAIN)).contains("epoch 300 of 300");
    }

    @Test
    void aTensorShowsTypeShapeDeviceAndFirstValues() {
        try (NDManager manager = Torch.manager()) {
            assertThat(plain(manager.arange(6f).div(4).reshape(2, 3))).isEqualTo("""
                    float32 (2, 3) on cpu
                    0.0000  0.2500  0.5000
                    0.7500  1.0000  1.2500""");
            assertThat(plain(manager.arange(1000))).isEqualTo("""
                    int32 (1000) on cpu
                    0  1  2  3  4  5  6  7  8  9  … 990 more""");
            assertThat(plain(manager.create(new boolean[] {true, false}))).isEqualTo("boolean (2) on cpu\n true  false");
            assertThat(plain(manager.create(2.5f))).isEqualTo("float32 () on cpu\n2.5000");
            assertThat(plain(manager.create(new Shape(0, 3)))).isEqualTo("float32 (0, 3) on cpu");
            assertThat(plain(manager.zeros(new Shape(64, 1, 9, 2), DataType.UINT8))).startsWith("""
                    uint8 (64, 1, 9, 2) on cpu
                    [0, 0, :, :]
                    0  0
                    """).contains("0  0\n… 1 more rows\n[1, 0, :, :]\n").endsWith("\n… 62 more");
        }
    }

    @Test
    void aClosedTensorSaysSo() {
        try (NDManager manager = Torch.manager()) {
            NDArray array = manager.ones(new Shape(1));
            NDList list = new NDList(array, manager.ones(new Shape(2, 2)));
            array.close();
            assertThat(plain(array)).isEqualTo("a closed NDArray");
            assertThat(plain(list)).isEqualTo("0: closed\n1: float32 (2, 2) on cpu");
        }
    }

    @Test
    void showingATensorLeavesNoneBehind() {
        try (NDManager manager = Torch.manager()) {
            NDArray array = manager.ones(new Shape(3, 4, 5));
            plain(array);
            assertThat(manager.getManagedArrays()).containsExactly(array);
        }
    }

    @Test
    void aNetworkIsATableOfItsLayers() {
        try (NDManager manager = Torch.manager()) {
            SequentialBlock block = new SequentialBlock().add(Linear.builder().setUnits(3).build()).add(Activation::relu);
            assertThat(plain(block)).contains("Linear", "weight, bias", "3 rows × 4 columns");
            block.initialize(manager, DataType.FLOAT32, new Shape(1, 4));
            assertThat(plain(block)).contains("weight (3, 4), bias (3)", "15");
            block.clear();
        }
    }

    @Test
    void aColumnIsATable() {
        assertThat(plain(IntColumn.create("x", 1, 20))).isEqualTo(" x\n──\n 1\n20\n2 rows × 1 columns");
    }

    @Test
    void valuesOfTheJdkAreLeftToTheKernel() {
        assertThat(renderer.render("text").hasDataForType(MIMEType.TEXT_HTML)).isFalse();
        assertThat(plain(5)).isEqualTo("5");
    }

    @Test
    void theDevicesAreReported() {
        assertThat(Devices.report()).startsWith("PyTorch 2.").contains("processor cores", "GPU");
    }

    @Test
    void aSweepIsOneLiveTableAndThenItsTable() {
        var digits = dataset("digits");
        var sweep = distill(mlp(16).fit(digits.train(), epochs(1))).into(mlp(2), mlp(4)).on(digits.train()).run(epochs(1));
        DisplayData last = kernel.updated.get(kernel.updated.size() - 1);
        assertThat(text(last, MIMEType.TEXT_HTML)).contains("2 of 2 runs", "mlp(2)", "mlp(4)", ">done<");
        assertThat(text(renderer.render(sweep), MIMEType.TEXT_HTML)).contains("mlp(4)", "2 runs: 2 done");
        assertThat(text(renderer.render(sweep.tradeoff(digits.test())), MIMEType.TEXT_HTML))
                .contains("the teacher", "on the Pareto front");
    }

    private String plain(Object value) {
        return text(renderer.render(value), MIMEType.TEXT_PLAIN);
    }

    private static String text(DisplayData data, MIMEType type) {
        return String.valueOf(data.getData(type));
    }
}
