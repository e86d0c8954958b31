package dev.retort.data;

import ai.djl.ndarray.types.Shape;
import dev.retort.datasets.Card;
import dev.retort.datasets.Datasets;
import dev.retort.datasets.Rows;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The data sets that come with Retort, read once and kept while memory allows. */
final class Bundled {

    private static final Map<String, SoftReference<DataSet>> CACHE = new HashMap<>();

    private Bundled() {}

    static synchronized DataSet dataSet(String name) {
        SoftReference<DataSet> cached = CACHE.get(name);
        DataSet data = cached == null ? null : cached.get();
        if (data == null) {
            data = read(name);
            CACHE.put(name, new SoftReference<>(data));
        }
        return data;
    }

    private static DataSet read(String name) {
        Card card = Datasets.card(name);
        Rows rows = Datasets.read(name);
        Partition partition = card.officialTrain().isPresent()
                ? Partition.official(rows.labels(), card.officialTrain().getAsInt())
                : Partition.seeded(rows.labels());
        return new DataSet(content(card, rows, partition), partition);
    }

    private static Content content(Card card, Rows rows, Partition partition) {
        if (rows instanceof Rows.Texts texts) {
            Words words = Words.of(texts.texts(), partition.train());
            return new Content(card.name(), card.toString(), new Shape(Words.WIDTH), words.vocabulary(), card.classes(),
                    texts.labels(), words.features(), texts.texts());
        }
        var numbers = (Rows.Numbers) rows;
        var shape = new Shape(card.shape().stream().mapToLong(Integer::longValue).toArray());
        List<String> columns = shape.dimension() == 1 ? numbers.columns() : List.of();
        return new Content(card.name(), card.toString(), shape, columns, card.classes(),
                numbers.labels(), new Features.Bytes(numbers.values(), (int) shape.size()), List.of());
    }
}
