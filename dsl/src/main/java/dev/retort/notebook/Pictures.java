package dev.retort.notebook;

import ai.djl.ndarray.types.Shape;
import dev.retort.data.Split;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.internal.chartpart.Chart;

/** Charts and image rows as SVG and PNG, without a screen. */
final class Pictures {
    private static final int MOST_IMAGES = 20;
    private static final int IMAGES_A_LINE = 10;
    private static final int CELL = 64;
    private static final int GAP = 4;

    private Pictures() {
    }

    static String svg(Chart<?, ?> chart) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** PNG in base64, as notebooks keep it. */
    static String png(Chart<?, ?> chart) {
        return png(BitmapEncoder.getBufferedImage(chart));
    }

    /** Whether the rows are grey or colour images. */
    static boolean areImages(Split split) {
        Shape shape = split.rowShape();
        return split.size() > 0 && shape.dimension() == 3 && (shape.get(0) == 1 || shape.get(0) == 3);
    }

    /** The first images of a split side by side, as PNG in base64. */
    static String contactSheet(Split split) {
        int count = Math.min(MOST_IMAGES, split.size());
        int across = Math.min(IMAGES_A_LINE, count);
        int down = (count + across - 1) / across;
        BufferedImage sheet = new BufferedImage(across * (CELL + GAP), down * (CELL + GAP), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        float[] pixels = split.features(0, count);
        float brightest = brightest(pixels);
        for (int i = 0; i < count; i++) {
            BufferedImage image = image(pixels, i, split.rowShape(), brightest);
            graphics.drawImage(image, i % across * (CELL + GAP), i / across * (CELL + GAP), CELL, CELL, null);
        }
        graphics.dispose();
        return png(sheet);
    }

    private static BufferedImage image(float[] pixels, int row, Shape shape, float brightest) {
        int channels = (int) shape.get(0);
        int height = (int) shape.get(1);
        int width = (int) shape.get(2);
        int start = row * channels * height * width;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int colour = 0;
                for (int c = 0; c < 3; c++) {
                    float value = pixels[start + (Math.min(c, channels - 1) * height + y) * width + x];
                    colour = colour << 8 | Math.round(255 * Math.max(0, value) / brightest);
                }
                image.setRGB(x, y, colour);
            }
        }
        return image;
    }

    private static float brightest(float[] pixels) {
        float brightest = Float.MIN_NORMAL;
        for (float pixel : pixels) {
            brightest = Math.max(brightest, pixel);
        }
        return brightest;
    }

    private static String png(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }
}
