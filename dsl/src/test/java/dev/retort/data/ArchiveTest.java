package dev.retort.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final Map<String, byte[]> PIECES = Map.of("piece", new byte[] {1, 2, 3});

    @TempDir
    private Path folder;

    @Test
    void givesBackWhatWasWritten() throws IOException {
        Archive.write(folder.resolve("file"), PIECES);
        assertThat(Archive.read(folder.resolve("file"), "piece").get("piece")).containsExactly(1, 2, 3);
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void whatAKilledProcessLeftGoesOnceNobodyCanBeWritingIt() throws IOException {
        Path leftover = old(".file123.tmp");
        Path anothersNow = Files.createFile(folder.resolve(".file456.tmp"));
        Path ofAnotherFile = old(".file2-123.tmp");
        Path notes = old(".filenotes.tmp");
        Archive.write(folder.resolve("file"), PIECES);
        assertThat(leftover).doesNotExist();
        assertThat(anothersNow).exists();
        assertThat(ofAnotherFile).exists();
        assertThat(notes).exists();
    }

    private Path old(String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name));
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(2, ChronoUnit.HOURS)));
    }
}
