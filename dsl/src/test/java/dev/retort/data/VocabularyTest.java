package dev.retort.data;

import static dev.retort.Retort.distill;
import static dev.retort.Retort.epochs;
import static dev.retort.Retort.linear;
import static dev.retort.Retort.load;
import static dev.retort.Retort.mlp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.Shape;
import dev.retort.model.Classifier;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same place in two bags of words is a word in each, but not the same one. */
class VocabularyTest {
    private static final DataSet FILMS = texts("films", "a fine film", "a dull film");
    private static final DataSet FOOD = texts("food", "a fine soup", "a dull and cold soup");

    @TempDir
    Path folder;

    @Test
    void aTextSplitNamesItsWords() {
        assertThat(FILMS.columns()).containsExactly("a", "film", "dull", "fine", "a/dull", "a/fine", "dull/film", "fine/film");
        assertThat(FILMS.test().columns()).isEqualTo(FILMS.columns());
        assertThat(FILMS.train().table().columnNames()).containsExactly("row id", "label", "text");
        assertThat(DataSet.named("movie-reviews").columns()).hasSize(2048).doesNotHaveDuplicates();
    }

    @Test
    void aTeacherOfAnotherVocabularyIsRefusedWhenItIsDeclared() throws Exception {
        Classifier net = mlp(4).fit(FILMS.train(), epochs(1));
        net.save(folder.resolve("net"));
        for (Classifier teacher : List.of(net, linear().fit(FILMS.train(), epochs(1)), load(folder.resolve("net").toString()))) {
            assertThatThrownBy(() -> distill(teacher).into(mlp(2)).on(FOOD.train())).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the vocabulary of " + teacher.name() + " has 8 words and pairs, that of food/train has 12, and they are others: "
                            + "number 2 is 'film', but here 'soup'; each data set of texts takes its words from its own training texts, "
                            + "so use the one that the model was trained on");
            assertThatThrownBy(() -> teacher.accuracy(FOOD.test())).hasMessageContaining("the vocabulary of");
            assertThat(teacher.predict(FILMS.test())).hasSize(FILMS.test().size());
        }
    }

    @Test
    void aVocabularyThatOnlyGoesOnIsAnotherToo() {
        DataSet more = texts("more", "a fine film", "a dull film", "unheard");
        Classifier teacher = mlp(4).fit(more.train(), epochs(1));
        assertThat(more.columns()).startsWith(FILMS.columns().toArray(String[]::new)).hasSize(10);
        assertThatThrownBy(() -> teacher.accuracy(FILMS.test())).hasMessageContaining("number 9 is 'unheard', but here missing");
    }

    /** 40 rows of each text; one to train on ends with the last words, if there are some. */
    private static DataSet texts(String name, String good, String bad, String... end) {
        List<String> texts = IntStream.range(0, 80).mapToObj(i -> i % 2 == 0 ? good : bad).toList();
        int[] labels = IntStream.range(0, 80).map(i -> i % 2).toArray();
        Partition partition = Partition.seeded(labels);
        List<String> all = IntStream.range(0, 80).mapToObj(i -> texts.get(i) + (i == partition.train()[0] ? " " + String.join(" ", end) : "")).toList();
        Words words = Words.of(all, partition.train());
        return new DataSet(new Content(name, name, new Shape(Words.WIDTH), words.vocabulary(), List.of("good", "bad"), labels,
                words.features(), all), partition);
    }
}
