package dev.retort.kernel.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Where the command line writes its progress.
 *
 * @param out     the process's standard output, in UTF-8
 * @param columns the width of the terminal, or 0 when the output goes to a file or a pipe
 * @param colour  whether to use colours
 */
record Terminal(PrintStream out, int columns, boolean colour) {
    private static final Pattern ANSI = Pattern.compile("\\x1B\\[[0-?]*[ -/]*[@-~]");

    /** The terminal of this process, as the launcher found it. */
    static Terminal ofProcess() {
        // Not System.out: the kernel puts the cells' output in its place.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        int columns = Integer.getInteger("retort.columns", 0);
        String noColour = System.getenv("NO_COLOR");
        return new Terminal(out, columns, columns > 0 && (noColour == null || noColour.isEmpty()));
    }

    boolean isLive() {
        return columns > 0;
    }

    String dim(String text) {
        return styled("2", text);
    }

    String red(String text) {
        return styled("31", text);
    }

    String green(String text) {
        return styled("32", text);
    }

    /** The text with the colours that it has, or without where there are none. */
    String coloured(String text) {
        return colour ? text : plain(text);
    }

    static String plain(String text) {
        return ANSI.matcher(text).replaceAll("");
    }

    private String styled(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
