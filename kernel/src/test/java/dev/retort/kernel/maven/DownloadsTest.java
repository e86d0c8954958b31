package dev.retort.kernel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.transfer.TransferEvent;
import org.eclipse.aether.transfer.TransferResource;
import org.junit.jupiter.api.Test;

class DownloadsTest {
    private final List<String> told = new ArrayList<>();
    private long now = Long.MAX_VALUE; // What a clock that counts nanoseconds shows may overflow.
    private final Downloads downloads = new Downloads(told::add, () -> now);

    @Test
    void shortDownloadIsNotTold() {
        pass(900);
        progress("quick-1.jar", 500_000, 500_000);
        downloads.finish();
        assertThat(told).isEmpty();
    }

    @Test
    void longDownloadIsToldNowAndThen() {
        progress("big-1.jar", 0, 3_000_000);
        pass(1_100);
        progress("big-1.jar", 1_540_000, 3_000_000);
        pass(200);
        progress("big-1.jar", 2_000_000, 3_000_000);
        pass(200);
        progress("big-1.jar", 2_500_000, 3_000_000);
        assertThat(told).containsExactly("downloading big-1.jar (1.5 of 3.0 MB)", "downloading big-1.jar (2.5 of 3.0 MB)");
    }

    @Test
    void lengthIsLeftOutWhereTheServerDoesNotTell() {
        pass(1_100);
        progress("stream-1.jar", 10, -1);
        assertThat(told).containsExactly("downloading stream-1.jar");
    }

    @Test
    void endSumsUpAllFiles() {
        progress("one-1.jar", 1_000_000, 1_500_000);
        progress("one-1.jar", 1_500_000, 1_500_000);
        progress("two-1.jar", 3_000_000, 3_000_000);
        pass(2_000);
        downloads.finish();
        assertThat(told).containsExactly("downloaded 4.5 MB in 2 s");
    }

    @Test
    void endOfASearchWithoutDownloadsIsNotTold() {
        pass(5_000);
        downloads.finish();
        assertThat(told).isEmpty();
    }

    private void pass(long milliseconds) {
        now += TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }

    private void progress(String name, long bytes, long length) {
        TransferResource resource = new TransferResource("central", "https://central/", "g/a/1/" + name, Path.of(name), null, null);
        downloads.transferProgressed(new TransferEvent.Builder(new DefaultRepositorySystemSession(any -> true),
                resource.setContentLength(length)).setTransferredBytes(bytes).build());
    }
}
