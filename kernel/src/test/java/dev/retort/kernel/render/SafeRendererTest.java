package dev.retort.kernel.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.MemoryImageSource;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.common.Image;
import org.dflib.jjava.jupyter.kernel.display.common.Text;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values, and what is shown of them. */
class SafeRendererTest {
    private final SafeRenderer renderer = new SafeRenderer();

    record Point(String name, double x, int[] more) {
    }

    @BeforeEach
    void registerAsAKernelOfTheLineDoes() {
        Image.registerAll(renderer);
        Text.registerAll(renderer);
    }

    @Test
    void simpleValueIsItsText() {
        assertThat(text("raw \"text\"\nof two lines")).isEqualTo("raw \"text\"\nof two lines");
        assertThat(text(0.1)).isEqualTo("0.1");
        assertThat(text(LocalDate.of(2024, 2, 29))).isEqualTo("2024-02-29");
        assertThat(text(Path.of("a/b"))).isEqualTo("a/b");
        assertThat(text(URI.create("https://a.b/"))).isEqualTo("https://a.b/");
        assertThat(text(new IllegalStateException("no"))).isEqualTo("java.lang.IllegalStateException: no");
        assertThat(html("x")).isNull();
    }

    @Test
    void nestedArraysShowTheirElements() {
        assertThat(text(List.of(new int[] {1, 2}, Optional.of(new String[] {"a"}), Map.entry("k", new long[0]))))
                .isEqualTo("[[1, 2], Optional[[a]], k=[]]");
        assertThat(text(Map.of("k", new double[] {0.5}))).isEqualTo("{k=[0.5]}");
        assertThat(text(Optional.empty())).isEqualTo("Optional.empty");
    }

    @Test
    void longCollectionEndsInHowManyMoreThereAre() {
        assertThat(text(IntStream.range(0, 1100).boxed().toList())).startsWith("[0, 1, ").endsWith(", 99, … 1,000 more]");
        assertThat(text(new byte[50_000_000])).endsWith(", 0, … 49,999,900 more]");
    }

    @Test
    void whatContainsItselfSaysSo() {
        List<Object> list = new ArrayList<>(List.of(1));
        list.add(list);
        Map<String, Object> map = new LinkedHashMap<>(Map.of("list", list));
        list.add(map);
        map.put("map", map);
        assertThat(text(list)).isEqualTo("[1, (itself), {list=(itself), map=(itself)}]");
    }

    @Test
    void textIsBounded() {
        assertThat(text("x".repeat(3_000_000))).hasSizeLessThan(1_000_100).endsWith("… 2,000,000 more characters");
        List<Object> wide = List.of("y".repeat(1_000));
        for (int i = 0; i < 20; i++) {
            wide = new ArrayList<>(java.util.Collections.nCopies(100, wide));
        }
        assertThat(text(wide)).hasSizeLessThan(1_100_000);
    }

    @Test
    void ownTextOfACollectionIsKept() {
        assertThat(text(new ArrayList<>(List.of(1)) {
            @Override
            public String toString() {
                return "mine";
            }
        })).isEqualTo("mine");
    }

    @Test
    void recordIsATableOfItsComponents() {
        Point point = new Point("<b>", 1.5, new int[] {1, 2});
        assertThat(html(point)).contains(">name</td>", ">&lt;b&gt;</td>", ">1.5</td>", ">[1, 2]</td>").doesNotContain("<b>");
        assertThat(text(point)).startsWith("Point[name=<b>, x=1.5");
    }

    @Test
    void recordsAreATable() {
        List<Point> points = List.of(new Point("a", 1.5, null), new Point("long", 20, new int[] {3}));
        assertThat(html(points)).contains("<th style=\"text-align:right\">x</th>", "<td style=\"text-align:right\">20.0</td>");
        assertThat(text(points)).isEqualTo("""
                name     x  more
                ────  ────  ────
                a      1.5
                long  20.0  [3]""");
        assertThat(text(IntStream.range(0, 50).mapToObj(i -> new Point("p" + i, i, null)).toList())).endsWith("… 30 more rows");
    }

    @Test
    void mapIsATableOfItsEntries() {
        assertThat(html(Map.of("one", 1))).contains(">key</th>", ">one</td>", "<td style=\"text-align:right\">1</td>");
        assertThat(text(Map.of("one", 1))).isEqualTo("{one=1}");
        assertThat(html(Map.of())).isNull();
    }

    @Test
    void mapsAreATableWithAColumnAKey() {
        assertThat(text(List.of(Map.of("a", 1), Map.of("b", 2)))).isEqualTo("""
                a  b
                ─  ─
                1
                   2""");
    }

    @Test
    void rowsOfNumbersAreAGrid() {
        assertThat(html(new double[][] {{1, 2}, {3}})).contains("<td style=\"text-align:right\">3.0</td>", "2 × 2")
                .doesNotContain("<thead>");
        assertThat(html(new float[28][30])).contains("28 × 30, the first 20 × 20 shown");
        assertThat(text(new int[][] {{1, 2}, {3}})).isEqualTo("[[1, 2], [3]]");
    }

    @Test
    void streamShowsItsElements() {
        assertThat(text(IntStream.of(1, 2, 3))).isEqualTo("[1, 2, 3]");
        assertThat(text(Stream.iterate(0, i -> i + 1))).endsWith(", 99, … more]");
        assertThat(text(Stream.of(new Point("a", 1, null)))).startsWith("name");
    }

    @Test
    void usedUpStreamCostsTheLooksOnly() {
        Stream<Integer> stream = Stream.of(1);
        stream.toList();
        assertThat(text(stream)).startsWith("java.util.stream.");
    }

    @Test
    void picturesArePng() throws Exception {
        assertThat(size(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB))).isEqualTo("3 × 2");
        assertThat(size(java.awt.Toolkit.getDefaultToolkit().createImage(new MemoryImageSource(4, 5, new int[20], 0, 4))))
                .isEqualTo("4 × 5");
    }

    @Test
    void bytesAreWhateverTheyAreSaidToBe() {
        assertThat(renderer.renderAs(new byte[] {1, 2}, "application/pdf").getData(MIMEType.APPLICATION_PDF)).isEqualTo("AQI=");
    }

    @Test
    void requestedTypeIsGiven() {
        assertThat(renderer.renderAs("*a*", "text/markdown").getData(MIMEType.TEXT_MARKDOWN)).isEqualTo("*a*");
        assertThat(renderer.renderAs(Map.of(1, 2), "text/html").getData(MIMEType.TEXT_HTML)).asString().contains("<table>");
        assertThat(renderer.renderAs(Map.of(1, 2), "text/plain").hasDataForType(MIMEType.TEXT_HTML)).isFalse();
    }

    @Test
    void registeredRendererComesFirst() {
        renderer.createRegistration(Point.class).preferring(MIMEType.IMAGE_SVG)
                .register((point, context) -> context.getOutputContainer().putSVG("<svg/>"));
        DisplayData data = renderer.render(new Point("a", 1, null));
        assertThat(data.getData(MIMEType.IMAGE_SVG)).isEqualTo("<svg/>");
        assertThat(data.hasDataForType(MIMEType.TEXT_HTML)).isFalse();
    }

    @Test
    void inputStreamIsNotRead() throws Exception {
        InputStream in = new ByteArrayInputStream(new byte[] {1});
        assertThat(text(in)).startsWith("java.io.ByteArrayInputStream@");
        assertThat(in.read()).isEqualTo(1);
    }

    private String text(Object value) {
        return (String) renderer.render(value).getData(MIMEType.TEXT_PLAIN);
    }

    private String html(Object value) {
        return (String) renderer.render(value).getData(MIMEType.TEXT_HTML);
    }

    private String size(Object picture) throws Exception {
        String png = (String) renderer.render(picture).getData(MIMEType.IMAGE_PNG);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(Base64.getMimeDecoder().decode(png)));
        return image.getWidth() + " × " + image.getHeight();
    }
}
