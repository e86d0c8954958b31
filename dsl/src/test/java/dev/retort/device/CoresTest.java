package dev.retort.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Threads are given cores before libtorch is loaded, so that each test starts a JVM of its own. */
class CoresTest {
    private static final Path THREADS = Path.of("/proc/self/task");

    /** Says line by line where this thread may run before, during, in one thread, and after; then where all threads may. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0) {
            Engine.getEngine(arguments[0]);
        }
        try (NDManager manager = Torch.manager()) {
            System.out.println(here());
            Threads.together(() -> System.out.println(here()));
            Threads.limited(1, () -> {
                Threads.together(() -> System.out.println(here()));
                return null;
            });
            try {
                Threads.together(() -> {
                    manager.zeros(new Shape(1_000_000)).addi(1);
                    throw new IllegalStateException();
                });
            } catch (IllegalStateException e) {
                System.out.println(here());
            }
            try (var threads = Files.newDirectoryStream(THREADS)) {
                for (Path thread : threads) {
                    System.out.println(where(thread));
                }
            }
        }
    }

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

    private static List<String> places(String... arguments) throws IOException, InterruptedException {
        assumeTrue(Files.exists(THREADS), "threads are given cores on Linux alone");
        assumeTrue(Cores.count() > 1, "there is but one core");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.offline=true", "-cp", System.getProperty("java.class.path"), CoresTest.class.getName());
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeAll(List.of("OMP_NUM_THREADS", "OMP_PROC_BIND", "OMP_PLACES", "GOMP_CPU_AFFINITY"));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader said = process.inputReader()) {
            List<String> lines = said.lines().toList();
            assertThat(process.waitFor()).isZero();
            return lines;
        }
    }

    @Test
    void whoCalculatesTogetherHasACoreForEachAndOnlyMeanwhile() throws Exception {
        List<String> places = places();
        String before = places.get(0);
        String during = places.get(1);
        assertThat(Cores.parse(during).cardinality()).isLessThan(Cores.parse(before).cardinality());
        assertThat(Cores.parse(during).nextSetBit(0)).isEqualTo(Cores.parse(before).nextSetBit(0));
        assertThat(places.get(2)).as("one thread may be anywhere").isEqualTo(before);
        assertThat(places.get(3)).as("after a failure").isEqualTo(before);
        assertThat(places.subList(4, places.size())).contains(before).as("whoever helps")
                .anyMatch(place -> !Cores.parse(place).intersects(Cores.parse(during)));
    }

    @Test
    void whereOthersHaveLoadedLibtorchAllStayAsTheyAre() throws Exception {
        List<String> places = places("PyTorch");
        assertThat(places).containsOnly(places.get(0));
    }

    @Test
    void placesAreAsOpenMpReadsThem() {
        assertThat(Cores.places(Cores.parse("0-3"), List.of(Cores.parse("0,2"), Cores.parse("1,3")))).isEqualTo("{0,1,2,3},{1,3}");
        assertThat(Cores.parse("0-2,5,7-8").stream().boxed()).containsExactly(0, 1, 2, 5, 7, 8);
    }
}
