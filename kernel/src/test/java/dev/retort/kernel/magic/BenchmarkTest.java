package dev.retort.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkTest {

    @Test
    void durationHasTheUnitThatFits() {
        assertThat(List.of(0.3, 41.26, 999.6, 1_500.0, 2.5e6, 3.21e9, 61.4e9).stream().map(Benchmark::time)).containsExactly(
                "0.30 ns", "41.3 ns", "1.00 µs", "1.50 µs", "2.50 ms", "3.21 s", "1 min 01 s");
    }

    @Test
    void fastCodeIsTimedInLongBatches() throws Exception {
        Benchmark benchmark = Benchmark.of(runs -> runs * 100L);
        assertThat(benchmark).hasToString("100 ns a run (the middle half 100 ns to 100 ns; 100 batches of 150,000 runs)");
    }

    @Test
    void slowCodeIsNotRunForLong() throws Exception {
        List<Integer> calls = new ArrayList<>();
        Benchmark.of(runs -> {
            calls.add(runs);
            return 5_000_000_000L;
        });
        assertThat(calls).containsExactly(1, 1, 1, 1);
    }

    @Test
    void outliersDoNotMoveTheMedian() throws Exception {
        long[] next = {0};
        Benchmark benchmark = Benchmark.of(runs -> next[0]++ % 10 == 0 ? 900_000_000L : runs * 20_000_000L);
        assertThat(Benchmark.time(benchmark.median())).isEqualTo("20.0 ms");
    }
}
