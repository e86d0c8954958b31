package dev.retort.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Draws rows in an order of which every beginning is stratified: among the first n rows each class has its share of n,
 * give or take less than one row.
 *
 * <p>Within a class the rows are shuffled. Which class comes next is R. Tijdeman's answer to «The chairman assignment
 * problem» (Discrete Mathematics 32, 1980): of the classes that are behind their share, the one that would first be
 * too far behind.
 */
final class Stratified {

    private Stratified() {}

    /**
     * All rows in stratified order.
     *
     * @param rows the rows to draw from
     * @param labels the class of every row of the data set, indexed by row
     * @param seed decides the order; {@link Random} is specified to the bit, so that it is the same everywhere
     */
    static int[] order(int[] rows, int[] labels, long seed) {
        List<int[]> strata = strata(rows, labels, new Random(seed));
        int[] taken = new int[strata.size()];
        int[] order = new int[rows.length];
        for (int drawn = 0; drawn < rows.length; drawn++) {
            int next = next(strata, taken, drawn + 1L, rows.length);
            order[drawn] = strata.get(next)[taken[next]++];
        }
        return order;
    }

    /** The stratum to draw the n-th row from. All quantities are multiplied by the bound's denominator and by the total. */
    private static int next(List<int[]> strata, int[] taken, long n, long total) {
        long scale = Math.max(1, 2L * strata.size() - 2);
        int next = -1;
        double earliest = Double.POSITIVE_INFINITY;
        for (int stratum = 0; stratum < taken.length; stratum++) {
            long size = strata.get(stratum).length;
            long behind = scale * (size * n - total * taken[stratum]);
            if (behind >= total) {
                double deadline = (double) (total * (scale - 1) - behind) / size;
                if (deadline < earliest) {
                    earliest = deadline;
                    next = stratum;
                }
            }
        }
        return next;
    }

    /** The rows by class, each class shuffled, the classes in an order of their own so that no class leads every draw. */
    private static List<int[]> strata(int[] rows, int[] labels, Random random) {
        int[] shuffled = shuffle(rows, random);
        Map<Integer, List<Integer>> byClass = new LinkedHashMap<>();
        for (int row : shuffled) {
            byClass.computeIfAbsent(labels[row], label -> new ArrayList<>()).add(row);
        }
        return byClass.values().stream()
                .map(stratum -> stratum.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /** Fisher and Yates; {@link java.util.Collections#shuffle} does not promise its order. */
    private static int[] shuffle(int[] rows, Random random) {
        int[] shuffled = rows.clone();
        for (int last = shuffled.length - 1; last > 0; last--) {
            int chosen = random.nextInt(last + 1);
            int row = shuffled[last];
            shuffled[last] = shuffled[chosen];
            shuffled[chosen] = row;
        }
        return shuffled;
    }
}
