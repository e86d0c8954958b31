package dev.retort.loss;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A factor that changes over a run: of the learning rate, or of a term's weight. {@code toString()} is how it is written
 * in the language.
 */
public final class Schedule {
    private final String text;
    private final DoubleUnaryOperator factor;

    private Schedule(String word, double[] numbers, DoubleUnaryOperator factor) {
        this(Numbers.call(word, numbers), factor);
        for (double number : numbers) {
            Numbers.require(number >= 0 && number < Double.POSITIVE_INFINITY, text + ": factors are 0 or more, and finite");
        }
    }

    private Schedule(String text, DoubleUnaryOperator factor) {
        this.text = text;
        this.factor = factor;
    }

    /**
     * The same factor all the time.
     *
     * @throws IllegalArgumentException when it is negative or not finite
     */
    public static Schedule constant(double factor) {
        return new Schedule("constant", new double[] {factor}, progress -> factor);
    }

    /**
     * In a straight line from one factor to another.
     *
     * @throws IllegalArgumentException when one is negative or not finite
     */
    public static Schedule ramp(double from, double to) {
        return new Schedule("ramp", new double[] {from, to}, progress -> from + (to - from) * progress);
    }

    /**
     * Along half a cosine from one factor to another, slow at both ends (Loshchilov and Hutter 2017).
     *
     * @throws IllegalArgumentException when one is negative or not finite
     */
    public static Schedule cosine(double from, double to) {
        return new Schedule("cosine", new double[] {from, to},
                progress -> to + (from - to) * (1 + Math.cos(Math.PI * progress)) / 2);
    }

    /**
     * 1 at first, and multiplied by a factor at each of these shares of the run: {@code stepwise(0.1, 0.5, 0.75)}.
     *
     * @throws IllegalArgumentException when the factor is negative or not finite, or a share is not between 0 and 1
     */
    public static Schedule stepwise(double factor, double... shares) {
        double[] numbers = new double[shares.length + 1];
        numbers[0] = factor;
        System.arraycopy(shares, 0, numbers, 1, shares.length);
        Schedule schedule = new Schedule("stepwise", numbers,
                progress -> Math.pow(factor, Arrays.stream(numbers).skip(1).filter(share -> share <= progress).count()));
        Numbers.require(Arrays.stream(shares).allMatch(share -> share > 0 && share < 1),
                schedule + ": the factor changes at shares of the run between 0 and 1");
        return schedule;
    }

    /**
     * This schedule after a warm-up: it rises evenly from 0 to its beginning, and then has the rest of the run for itself.
     *
     * @param share of the run, from 0 to below 1
     * @throws IllegalArgumentException when the share is out of range
     */
    public Schedule warmUp(double share) {
        Numbers.require(share >= 0 && share < 1, "warmUp(" + share + "): a share of the run from 0 to below 1 is needed, such as 0.05");
        return new Schedule(text + "." + Numbers.call("warmUp", share),
                progress -> progress < share ? at(0) * progress / share : at((progress - share) / (1 - share)));
    }

    /** The factor when this share of the run is done, from 0 to 1. */
    public double at(double progress) {
        return factor.applyAsDouble(progress);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schedule that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
