import java.util.stream.LongStream;
import jdk.jshell.JShell;

/** What JShell itself needs for {@code 1+1}, in this process and without Jupyter: {@code java bench/kernels/JShellAlone.java}. */
public class JShellAlone {
    private static final int CELLS = 50;

    public static void main(String[] arguments) {
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            for (int from = 1; from <= 10 * CELLS; from += CELLS) {
                long[] nanos = LongStream.range(0, CELLS).map(cell -> nanos(shell)).sorted().toArray();
                System.out.printf("cells %d to %d: median %.1f ms%n", from, from + CELLS - 1, nanos[CELLS / 2] / 1e6);
            }
        }
    }

    private static long nanos(JShell shell) {
        long began = System.nanoTime();
        shell.drop(shell.eval("1+1").get(0).snippet());
        return System.nanoTime() - began;
    }
}
