package dev.retort.kernel.assist;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which word was meant by one that is misspelt. */
public final class Spelling {
    private Spelling() {
    }

    /**
     * The word that differs least, whatever its case, and of several the longest; none if all differ in more than a letter
     * and a third of them.
     */
    public static Optional<String> closest(String word, Stream<String> words) {
        int most = Math.max(1, word.length() / 3);
        record Near(String word, int distance) {
        }
        return words.filter(each -> !each.equals(word)).map(each -> new Near(each, distance(word, each, most)))
                .filter(each -> each.distance <= most && each.distance < each.word.length())
                .min(Comparator.comparingInt(Near::distance)
                        .thenComparing(Comparator.comparingInt((Near each) -> each.word.length()).reversed()))
                .map(Near::word);
    }

    /** How many letters must be added, dropped, changed or swapped with the next one; {@code most + 1} for more than most. */
    private static int distance(String one, String other, int most) {
        if (Math.abs(one.length() - other.length()) > most) {
            return most + 1;
        }
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] cost) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, 1 + cost[i - 2][j - 2]) : least;
    }
}
