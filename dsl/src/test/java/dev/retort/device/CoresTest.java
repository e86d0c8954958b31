package dev.retort.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoresTest {
    private static final Path THREADS = Path.of("/proc/self/task");

    private static String where(Path thread) throws IOException {
        return Files.readString(thread.resolve("status")).lines().filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElseThrow();
    }

    private static String here() {
        try {
            return where(Path.of("/proc/thread-self"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void assumeHelpers() {
        assumeTrue(Files.exists(THREADS), "threads are given cores on Linux alone");
        assumeTrue(Cores.count() > 1, "there is but one core");
        assumeTrue(System.getenv("OMP_PROC_BIND") == null && System.getenv("OMP_PLACES") == null && System.getenv("GOMP_CPU_AFFINITY") == null,
                "whoever started the tests gave threads their cores");
    }

    @Test
    void whatThreadsCalculateTogetherStaysOnTheFirstCoreAndNoLonger() {
        assumeHelpers();
        Torch.engine();
        String before = here();
        List<String> during = new ArrayList<>();
        Threads.together(() -> during.add(here()));
        assertThat(during).doesNotContain(before);
        assertThat(Cores.parse(before).get(Cores.parse(during.get(0)).nextSetBit(0))).isTrue();
        assertThat(here()).isEqualTo(before);
        assertThatThrownBy(() -> Threads.together(() -> {
            throw new IllegalStateException("failed");
        })).hasMessage("failed");
        assertThat(here()).isEqualTo(before);
    }

    @Test
    void oneThreadMayBeAnywhere() {
        assumeHelpers();
        Torch.engine();
        String before = here();
        Threads.limited(1, () -> {
            Threads.together(() -> assertThat(here()).isEqualTo(before));
            return null;
        });
    }

    @Test
    void whoeverHelpsHasACoreOfItsOwn() throws IOException {
        assumeHelpers();
        try (NDManager manager = Torch.manager()) {
            String before = here();
            Threads.together(() -> manager.zeros(new Shape(1_000_000)).addi(1));
            List<String> places = new ArrayList<>();
            try (var threads = Files.newDirectoryStream(THREADS)) {
                for (Path thread : threads) {
                    places.add(where(thread));
                }
            }
            assertThat(places).contains(before).anyMatch(place -> Cores.parse(place).cardinality() < Cores.parse(before).cardinality());
        }
    }

    @Test
    void placesAreAsOpenMpReadsThem() {
        assertThat(Cores.places(Cores.parse("0-3"), List.of(Cores.parse("0,2"), Cores.parse("1,3")))).isEqualTo("{0,1,2,3},{1,3}");
        assertThat(Cores.parse("0-2,5,7-8").stream().boxed()).containsExactly(0, 1, 2, 5, 7, 8);
    }
}
