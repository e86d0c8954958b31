package bench;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.retort.data.Split;
import dev.retort.device.Devices;
import dev.retort.model.Labeller;
import java.io.IOException;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What a teacher that is ready says about rows: one call for all of them, in a JVM that JMH starts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Fork(1)
@Warmup(iterations = 0)
public class Labelling {
    /** The task, as JSON. */
    @Param("")
    public String task;

    private Labeller teacher;
    private Split rows;

    /** Rows a second, call by call. */
    static double[] speeds(String json) throws JsonProcessingException, RunnerException {
        Task task = Driver.JSON.readValue(json, Task.class);
        return new Runner(new OptionsBuilder().include(Labelling.class.getName()).param("task", json)
                .measurementIterations(task.epochs()).verbosity(VerboseMode.SILENT).build())
                .runSingle().getAggregatedResult().getIterationResults().stream()
                .mapToDouble(call -> task.rows() / call.getPrimaryResult().getScore()).toArray();
    }

    @Setup
    public void read() throws IOException {
        Task read = Driver.JSON.readValue(task, Task.class);
        teacher = new Labeller(load(read.folder() + "/teacher.retort"), Devices.best());
        rows = dataset(read.data()).train().rows(0, read.rows());
    }

    @Benchmark
    public Object label() {
        return teacher.answer(rows, Set.of(), done -> { });
    }

    @TearDown
    public void close() {
        teacher.close();
    }
}
