package dev.retort.distill;

import dev.retort.model.Classifier;
import dev.retort.model.ClassifierFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** A folder of finished students. A file's name tells student and seed to people, and all that decides the student to us. */
record Shelf(Path folder) {
    /** The student of this recipe; empty when there is none, or it is damaged, or a network of the user's own, whose code may have changed. */
    Optional<Classifier> find(Recipe recipe) {
        try {
            Path file = file(recipe);
            return Files.exists(file) ? Optional.of(ClassifierFile.read(file, null)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @throws IOException when it cannot be written */
    void keep(Recipe recipe, Classifier student) throws IOException {
        Files.createDirectories(folder);
        student.save(file(recipe));
    }

    private Path file(Recipe recipe) {
        String readable = recipe.student().toString().replaceAll("[^\\p{Alnum}]+", "-");
        String decisive = String.join("\n", recipe.teacher().fingerprint(), recipe.rows().fingerprint(), recipe.rows().name(),
                Arrays.toString(recipe.rows().ids()), recipe.student().toString(), recipe.loss().toString(), recipe.options().toString());
        UUID digest = UUID.nameUUIDFromBytes(decisive.getBytes(StandardCharsets.UTF_8));
        return folder.resolve(readable + "seed-" + recipe.options().seed() + "-" + digest + ".retort");
    }
}
