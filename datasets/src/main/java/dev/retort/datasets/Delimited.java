package dev.retort.datasets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads the compressed CSV and TSV files that come with Retort: a line of headers, the label first, no quoting. */
final class Delimited {

    private Delimited() {}

    /** A label and whole numbers from 0 to 255 a line. */
    static Rows.Numbers numbers(Card card, String file) throws IOException {
        List<String> lines = lines(card, file);
        String[] header = lines.get(0).split(",");
        int width = header.length - 1;
        int rows = lines.size() - 1;
        byte[] values = new byte[rows * width];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            String line = lines.get(row + 1);
            int label = line.indexOf(',');
            labels[row] = card.classes().indexOf(line.substring(0, label));
            put(line, label + 1, values, row * width);
        }
        return new Rows.Numbers(List.of(header).subList(1, header.length), values, labels);
    }

    /** Digit by digit: cutting 20,000 lines into pieces first takes Java that has just started a tenth of a second. */
    private static void put(String line, int from, byte[] values, int at) {
        for (int i = from; i < line.length(); i++) {
            if (line.charAt(i) == ',') {
                at++;
            } else {
                values[at] = (byte) (10 * values[at] + line.charAt(i) - '0');
            }
        }
    }

    /** A rating and a text a line: class 0 below zero, class 1 above; a rating of zero is left out. */
    static Rows.Texts ratedTexts(Card card, String file) throws IOException {
        List<String> texts = new ArrayList<>();
        int[] labels = new int[card.rows()];
        List<String> lines = lines(card, file);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", 2);
            double rating = Double.parseDouble(cells[0]);
            if (rating != 0) {
                labels[texts.size()] = rating > 0 ? 1 : 0;
                texts.add(cells[1]);
            }
        }
        return new Rows.Texts(List.copyOf(texts), labels);
    }

    private static List<String> lines(Card card, String file) throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Datasets.open(card, file)), StandardCharsets.UTF_8))) {
            return in.lines().toList();
        }
    }
}
