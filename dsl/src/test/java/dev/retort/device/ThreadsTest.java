package dev.retort.device;

import static dev.retort.Retort.threads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    private final int before = Threads.count();

    @BeforeEach
    void load() {
        Torch.engine();
    }

    @AfterEach
    void setBack() {
        threads(before);
        Torch.engine();
    }

    @Test
    void thereAreNoMoreThanProcessors() {
        assertThat(before).isBetween(1, Runtime.getRuntime().availableProcessors());
    }

    @Test
    void libtorchCalculatesWithAsManyOnEveryThread() throws Exception {
        for (int count : new int[] {1, 2, 3}) {
            threads(count);
            assertThat(libtorchs()).isEqualTo(count);
            assertThat(CompletableFuture.supplyAsync(ThreadsTest::libtorchs).get()).isEqualTo(count);
        }
    }

    @Test
    void aSmallBatchIsLeftToOne() {
        threads(3);
        assertThat(Threads.forBatch(100_000)).isEqualTo(1);
        assertThat(Threads.forBatch(100_000_000)).isEqualTo(3);
        assertThat(Threads.limited(1, ThreadsTest::libtorchs)).isEqualTo(1);
        assertThat(Threads.limited(1, () -> Threads.limited(2, ThreadsTest::libtorchs) + libtorchs())).isEqualTo(2 + 1);
        assertThat(libtorchs()).isEqualTo(3);
    }

    @Test
    void noneIsRefused() {
        assertThatThrownBy(() -> threads(0)).hasMessageContaining("threads(0): at least one thread").hasMessageContaining("cores");
    }

    private static int libtorchs() {
        Torch.engine();
        return JniUtils.getNumThreads();
    }
}
