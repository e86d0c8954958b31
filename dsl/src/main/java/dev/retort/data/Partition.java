package dev.retort.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Which rows are for training, for validation and for the test: ascending, disjoint, and together all of them. */
record Partition(int[] train, int[] validation, int[] test) {

    static final long SEED = 1;

    /** So many rows of a class are enough for it to be in every part of a seeded partition. */
    static final int ROWS_PER_CLASS = 10;

    private static final double SHARE = 0.15;

    /** Without an official split: 15 % for validation and 15 % for the test, stratified. */
    static Partition seeded(int[] labels) {
        int part = (int) Math.round(SHARE * labels.length);
        int[][] testAndRest = carve(IntStream.range(0, labels.length).toArray(), labels, part);
        return withValidation(testAndRest[1], labels, part, testAndRest[0]);
    }

    /** With an official split: the validation rows, half as many as the test has, are taken from the official train part. */
    static Partition official(int[] labels, int train) {
        int[] test = IntStream.range(train, labels.length).toArray();
        return withValidation(IntStream.range(0, train).toArray(), labels, test.length / 2, test);
    }

    private static Partition withValidation(int[] rows, int[] labels, int validation, int[] test) {
        int[][] validationAndTrain = carve(rows, labels, validation);
        return new Partition(validationAndTrain[1], validationAndTrain[0], test);
    }

    /** The first rows of a stratified order and the others, both ascending. */
    private static int[][] carve(int[] rows, int[] labels, int count) {
        int[] order = Stratified.order(rows, labels, SEED);
        int[] carved = Arrays.copyOf(order, count);
        int[] rest = Arrays.copyOfRange(order, count, order.length);
        Arrays.sort(carved);
        Arrays.sort(rest);
        return new int[][] {carved, rest};
    }
}
