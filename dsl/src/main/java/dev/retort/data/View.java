package dev.retort.data;

import ai.djl.ndarray.types.Shape;
import java.util.SplittableRandom;

/** A small change that does not change what an image shows; drawn anew each time that it is looked at. */
sealed interface View {

    /** The size that it takes from an image, in pixels. */
    default int pixels() {
        return 1;
    }

    /** @throws IllegalArgumentException if the rows are no images, or too small for this */
    static void check(View view, Split rows) {
        Shape shape = rows.rowShape();
        if (shape.dimension() != 3 || view.pixels() < 1 || view.pixels() >= Math.min(shape.get(1), shape.get(2))) {
            throw new IllegalArgumentException("%s is for images of (channels, height, width) that are larger than its pixels, at least 1; rows of %s have the shape %s"
                    .formatted(view, rows.name(), shape));
        }
    }

    /** The image as it looks now, channels × height × width, row-major. */
    float[] of(float[] image, Shape shape, SplittableRandom random);

    /** Moved by up to so many pixels in each direction; what comes in from outside is 0. */
    record Shifted(int pixels) implements View {

        @Override
        public float[] of(float[] image, Shape shape, SplittableRandom random) {
            int down = random.nextInt(-pixels, pixels + 1);
            int right = random.nextInt(-pixels, pixels + 1);
            return sampled(shape, (c, y, x) -> pixel(image, shape, c, y - down, x - right));
        }

        @Override
        public String toString() {
            return "shifted(" + pixels + ")";
        }
    }

    /** Mirrored, left to right, one time out of two. */
    record Flipped() implements View {

        @Override
        public float[] of(float[] image, Shape shape, SplittableRandom random) {
            int last = (int) shape.get(2) - 1;
            return random.nextBoolean() ? image : sampled(shape, (c, y, x) -> pixel(image, shape, c, y, last - x));
        }

        @Override
        public String toString() {
            return "flipped()";
        }
    }

    /** A window that is smaller by so many pixels, anywhere in the image, stretched to the image's size. */
    record Cropped(int pixels) implements View {

        @Override
        public float[] of(float[] image, Shape shape, SplittableRandom random) {
            int top = random.nextInt(pixels + 1);
            int left = random.nextInt(pixels + 1);
            double tall = scale(shape.get(1));
            double wide = scale(shape.get(2));
            return sampled(shape, (c, y, x) -> between(image, shape, c, top + y * tall, left + x * wide));
        }

        private double scale(long size) {
            return (size - 1.0 - pixels) / (size - 1.0);
        }

        @Override
        public String toString() {
            return "cropped(" + pixels + ")";
        }
    }

    /** The value of a channel at a place; the place may lie outside or between pixels. */
    interface Sampler {
        float at(int channel, int y, int x);
    }

    private static float[] sampled(Shape shape, Sampler sampler) {
        float[] seen = new float[(int) shape.size()];
        int i = 0;
        for (int channel = 0; channel < shape.get(0); channel++) {
            for (int y = 0; y < shape.get(1); y++) {
                for (int x = 0; x < shape.get(2); x++) {
                    seen[i++] = sampler.at(channel, y, x);
                }
            }
        }
        return seen;
    }

    private static float pixel(float[] image, Shape shape, int channel, int y, int x) {
        int height = (int) shape.get(1);
        int width = (int) shape.get(2);
        boolean inside = y >= 0 && y < height && x >= 0 && x < width;
        return inside ? image[(channel * height + y) * width + x] : 0;
    }

    /** Bilinear. */
    private static float between(float[] image, Shape shape, int channel, double y, double x) {
        int top = (int) y;
        int left = (int) x;
        float right = (float) (x - left);
        float above = (1 - right) * pixel(image, shape, channel, top, left) + right * pixel(image, shape, channel, top, left + 1);
        float below = (1 - right) * pixel(image, shape, channel, top + 1, left) + right * pixel(image, shape, channel, top + 1, left + 1);
        return above + (float) (y - top) * (below - above);
    }
}
