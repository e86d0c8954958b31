package dev.retort.kernel.magic;

import dev.retort.kernel.magic.Magic.Operand;
import dev.retort.kernel.session.Cell;
import dev.retort.kernel.session.CellException;
import dev.retort.kernel.session.RunClock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;

/** Magics that measure how long code takes. */
final class TimeMagics {
    /** What is kept here cannot be optimised away: the fence has the JIT compiler store it in every run. */
    private static final String SINK = """
            class $Sink {
                static Object object; static long whole; static double real;
                static void keep(Object value) { object = value; java.lang.invoke.VarHandle.releaseFence(); }
                static void keep(long value) { whole = value; java.lang.invoke.VarHandle.releaseFence(); }
                static void keep(double value) { real = value; java.lang.invoke.VarHandle.releaseFence(); }
            }
            """;
    private static final String LOOP = """
            (java.util.function.IntFunction<java.util.concurrent.Callable<Long>>) $runs -> () -> {
            %s
            long $start = System.nanoTime();
            for (int $run = 0; $run < $runs; $run++) {
            %s
            }
            return System.nanoTime() - $start;
            }""";

    private final Host host;

    TimeMagics(Host host) {
        this.host = host;
    }

    List<Magic> table() {
        String time = "tells how long the code takes, without compiling it, and shows its value";
        String timeit = "runs the code many times, once the JVM has compiled it, and tells how long it takes";
        return List.of(
                new Magic("%time code", List.of(), Operand.JAVA, time, call -> time(required(call, "%time code"))),
                new Magic("%%time", List.of(), Operand.NOTHING, time, this::time),
                new Magic("%timeit code", List.of(), Operand.JAVA, timeit,
                        call -> timeit("", required(call, "%timeit code").text())),
                new Magic("%%timeit [preparation]", List.of(), Operand.JAVA, timeit + "; the preparation is not counted",
                        call -> timeit(call.text(), call.body().strip())));
    }

    private static Call required(Call call, String usage) {
        if (call.text().isEmpty()) {
            throw new IllegalArgumentException("write " + usage);
        }
        return call;
    }

    private Object time(Call call) throws CellException {
        try (RunClock clock = RunClock.start()) {
            Object value = host.evaluate(call.code());
            System.out.println(Benchmark.time(clock.wallNanos()) + ", processor time "
                    + Benchmark.time(clock.cpuNanos()));
            return value;
        }
    }

    private Object timeit(String preparation, String code) throws Exception {
        IntFunction<Callable<Long>> loop = loop(preparation, code);
        System.out.println(Benchmark.of(runs -> measured(loop.apply(runs))));
        return null;
    }

    private long measured(Callable<Long> loop) throws CellException, InterruptedException {
        try {
            return loop.call();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw host.session().failure(e);
        }
    }

    @SuppressWarnings("unchecked") // The cell's code is a lambda of this type.
    private IntFunction<Callable<Long>> loop(String preparation, String code) throws CellException {
        String statement = code.endsWith(";") || code.endsWith("}") ? code : code + ";";
        try {
            String kept = "$Sink.keep(\n" + code + "\n);";
            return (IntFunction<Callable<Long>>) host.evaluate(new Cell("%timeit", SINK + LOOP.formatted(preparation, kept)));
        } catch (CellException notAnExpression) {
            return (IntFunction<Callable<Long>>) host.evaluate(new Cell("%timeit", LOOP.formatted(preparation, statement)));
        }
    }
}
