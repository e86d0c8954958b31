package dev.retort.loss;

import static dev.retort.loss.Trial.STUDENT;
import static dev.retort.loss.Trial.TEACHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

/** Terms between layers without published numbers, beside the same equations in plain loops. */
class PlainLayersTest {
    private static final int ROWS = 4;
    private static final Shape SMALL = new Shape(2, 3, 2);
    private static final Shape LARGE = new Shape(3, 4, 5);
    private static final int POSITIONS = 6;

    @Test
    void hintOfRowsOfNumbers() {
        Trial trial = Trial.of(new Hint(), new Shape(3), new Shape(4));
        double[][] teacher = rows(trial.numbers().get(TEACHER), 4);
        double[][] predicted = linear(rows(trial.numbers().get(STUDENT), 3), part(trial, "regressor's weight"), part(trial, "regressor's bias"));
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < 4; i++) {
                sum += square(predicted[row][i] - teacher[row][i]);
            }
        }
        assertThat(trial.value()).isFinite().isCloseTo(sum / (ROWS * 4), within(1e-12));
    }

    @Test
    void hintOfMaps() {
        Trial trial = Trial.of(new Hint(), SMALL, LARGE);
        double[][][] student = pooled(trial.numbers().get(STUDENT), SMALL);
        double[][][] teacher = pooled(trial.numbers().get(TEACHER), LARGE);
        double[] weight = part(trial, "regressor's weight");
        double[] bias = part(trial, "regressor's bias");
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int channel = 0; channel < 3; channel++) {
                for (int at = 0; at < POSITIONS; at++) {
                    double predicted = bias[channel] + weight[channel * 2] * student[row][0][at] + weight[channel * 2 + 1] * student[row][1][at];
                    sum += square(predicted - teacher[row][channel][at]);
                }
            }
        }
        assertThat(trial.value()).isFinite().isCloseTo(sum / (ROWS * 3 * POSITIONS), within(1e-12));
    }

    @Test
    void vid() {
        Trial trial = Trial.of(new Vid(), new Shape(3), new Shape(4));
        double[][] teacher = rows(trial.numbers().get(TEACHER), 4);
        double[][] mean = linear(rows(trial.numbers().get(STUDENT), 3), part(trial, "regressor's weight"), part(trial, "regressor's bias"));
        double[] spread = part(trial, "spread");
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < 4; i++) {
                double variance = Math.log(1 + Math.exp(spread[i])) + 1e-5;
                sum += 0.5 * (square(mean[row][i] - teacher[row][i]) / variance + Math.log(variance));
            }
        }
        assertThat(trial.value()).isFinite().isCloseTo(sum / (ROWS * 4), within(1e-12));
    }

    @Test
    void vidBeginsWithTheVarianceFive() {
        double[][] features = {{1, 2}, {3, 4}};
        assertThat(new LayerLoss(new Vid()).value(features, features)).isFinite().isCloseTo(0.5 * Math.log(5), within(1e-9));
    }

    @Test
    void attentionTransfer() {
        Trial trial = Trial.of(new AttentionTransfer(), SMALL, LARGE);
        double[][][] student = pooled(trial.numbers().get(STUDENT), SMALL);
        double[][][] teacher = pooled(trial.numbers().get(TEACHER), LARGE);
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
            double[] ofStudent = attention(student[row]);
            double[] ofTeacher = attention(teacher[row]);
            for (int at = 0; at < POSITIONS; at++) {
                sum += square(ofStudent[at] - ofTeacher[at]);
            }
        }
        assertThat(trial.value()).isFinite().isCloseTo(sum / (ROWS * POSITIONS), within(1e-12));
    }

    @Test
    void nst() {
        Trial trial = Trial.of(new Nst(), SMALL, LARGE);
        double[][][] student = pooled(trial.numbers().get(STUDENT), SMALL);
        double[][][] teacher = pooled(trial.numbers().get(TEACHER), LARGE);
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
            sum += kernel(student[row], student[row]) + kernel(teacher[row], teacher[row]) - 2 * kernel(student[row], teacher[row]);
        }
        assertThat(trial.value()).isFinite().isCloseTo(sum / ROWS, within(1e-12));
    }

    @Test
    void crd() {
        Trial trial = Trial.of(new Crd(9), new Shape(3), new Shape(4));
        double[][] student = unit(linear(rows(trial.numbers().get(STUDENT), 3), part(trial, "student's weight"), part(trial, "student's bias")));
        double[][] teacher = unit(linear(rows(trial.numbers().get(TEACHER), 4), part(trial, "teacher's weight"), part(trial, "teacher's bias")));
        double expected = contrast(trial, student, part(trial, "teacher's memory"), part(trial, "student's normaliser")[0])
                + contrast(trial, teacher, part(trial, "student's memory"), part(trial, "teacher's normaliser")[0]);
        assertThat(trial.value()).isFinite().isCloseTo(expected, within(1e-9));
    }

    /** All six rows of the memory serve, but for one's own: K = 5, N = 6, and Z = 6 · normaliser. */
    private static double contrast(Trial trial, double[][] anchors, double[] memory, double normaliser) {
        double sum = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int other = 0; other < 6; other++) {
                double x = Math.exp(product(anchors[row], memory, other) / 0.07) / (6 * normaliser);
                double h = x / (x + 5 / 6.0);
                double notH = (5 / 6.0) / (x + 5 / 6.0);
                sum -= other == trial.places()[row] ? Math.log(h) : Math.log(notH);
            }
        }
        return sum / ROWS;
    }

    private static double product(double[] anchor, double[] memory, int row) {
        double sum = 0;
        for (int i = 0; i < anchor.length; i++) {
            sum += anchor[i] * memory[row * anchor.length + i];
        }
        return sum;
    }

    private static double kernel(double[][] one, double[][] other) {
        double sum = 0;
        for (double[] a : unit(one)) {
            for (double[] b : unit(other)) {
                sum += square(product(a, b, 0));
            }
        }
        return sum / (one.length * other.length);
    }

    private static double[] attention(double[][] channels) {
        double[][] map = new double[1][POSITIONS];
        for (double[] channel : channels) {
            for (int at = 0; at < POSITIONS; at++) {
                map[0][at] += square(channel[at]) / channels.length;
            }
        }
        return unit(map)[0];
    }

    /** Rows × channels × the six positions of maps of 3 × 2, each the mean of a window. */
    private static double[][][] pooled(double[] values, Shape shape) {
        int channels = (int) shape.get(0);
        int height = (int) shape.get(1);
        int width = (int) shape.get(2);
        double[][][] pooled = new double[ROWS][channels][POSITIONS];
        for (int map = 0; map < ROWS * channels; map++) {
            for (int at = 0; at < POSITIONS; at++) {
                int top = at / 2 * height / 3;
                int bottom = (int) Math.ceil((at / 2 + 1) * height / 3.0);
                int left = at % 2 * width / 2;
                int right = (int) Math.ceil((at % 2 + 1) * width / 2.0);
                double sum = 0;
                for (int y = top; y < bottom; y++) {
                    for (int x = left; x < right; x++) {
                        sum += values[(map * height + y) * width + x];
                    }
                }
                pooled[map / channels][map % channels][at] = sum / ((bottom - top) * (right - left));
            }
        }
        return pooled;
    }

    private static double[][] linear(double[][] x, double[] weight, double[] bias) {
        double[][] y = new double[x.length][bias.length];
        for (int row = 0; row < x.length; row++) {
            for (int i = 0; i < bias.length; i++) {
                y[row][i] = bias[i];
                for (int j = 0; j < x[row].length; j++) {
                    y[row][i] += weight[i * x[row].length + j] * x[row][j];
                }
            }
        }
        return y;
    }

    private static double[][] unit(double[][] x) {
        double[][] units = new double[x.length][];
        for (int row = 0; row < x.length; row++) {
            double length = Math.sqrt(product(x[row], x[row], 0));
            units[row] = x[row].clone();
            for (int i = 0; i < units[row].length; i++) {
                units[row][i] /= length;
            }
        }
        return units;
    }

    private static double[][] rows(double[] values, int width) {
        double[][] rows = new double[values.length / width][width];
        for (int i = 0; i < values.length; i++) {
            rows[i / width][i % width] = values[i];
        }
        return rows;
    }

    private static double[] part(Trial trial, String name) {
        return trial.numbers().get(trial.partName(name));
    }

    private static double square(double x) {
        return x * x;
    }
}
