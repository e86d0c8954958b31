package dev.retort.data;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.tribuo.Feature;
import org.tribuo.data.text.impl.TokenPipeline;
import org.tribuo.util.tokens.universal.UniversalTokenizer;

/**
 * Features of texts: which of the most frequent words, and pairs of neighbouring words, a text contains.
 *
 * <p>Feature hashing needs no vocabulary, but on the movie reviews at this width its collisions cost a linear
 * classifier four to nine points of accuracy.
 *
 * @param vocabulary the words, and pairs such as {@code not/good}, in the order of the features; at most {@link #WIDTH}
 * @param features   of all texts
 */
record Words(List<String> vocabulary, Features.Flags features) {

    static final int WIDTH = 2048;

    private static final int PAIRS = 2;

    /**
     * The words of some texts.
     *
     * @param train the rows from which the vocabulary is made; no word is known from the others alone
     */
    static Words of(List<String> texts, int[] train) {
        List<List<String>> terms = terms(texts);
        List<String> frequent = frequent(IntStream.of(train).mapToObj(terms::get).toList());
        Map<String, Integer> numbers = new HashMap<>();
        frequent.forEach(term -> numbers.put(term, numbers.size()));
        int[][] columns = terms.stream()
                .map(row -> row.stream().filter(numbers::containsKey).mapToInt(numbers::get).sorted().toArray())
                .toArray(int[][]::new);
        return new Words(frequent.stream().map(term -> term.substring(term.indexOf('=') + 1)).toList(), new Features.Flags(columns, WIDTH));
    }

    /** The terms of each text, each once: {@code 1-N=good}, {@code 2-N=not/good}. */
    private static List<List<String>> terms(List<String> texts) {
        var pipeline = new TokenPipeline(new UniversalTokenizer(), PAIRS, false);
        return texts.stream()
                .map(text -> pipeline.process("", text.toLowerCase(Locale.ROOT)).stream().map(Feature::getName).toList())
                .toList();
    }

    /** The terms that most texts contain; of two as frequent, the alphabetically first. */
    private static List<String> frequent(List<List<String>> texts) {
        Map<String, Integer> frequency = new HashMap<>();
        texts.forEach(terms -> terms.forEach(term -> frequency.merge(term, 1, Integer::sum)));
        Comparator<String> byFrequency = Comparator.comparing(frequency::get);
        return frequency.keySet().stream()
                .sorted(byFrequency.reversed().thenComparing(Comparator.naturalOrder()))
                .limit(WIDTH)
                .toList();
    }
}
