package dev.retort.kernel.session;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** What to do about the usual errors whose message does not tell. */
final class TraceHints {
    private static final String OPTIONS = "set JDK_JAVA_OPTIONS=%s in the environment that Jupyter starts from";

    private TraceHints() {
    }

    /** A hint, or an empty string where there is nothing to add. */
    static String of(Thrown thrown) {
        String message = Objects.requireNonNullElse(thrown.message(), "");
        return switch (thrown.type()) {
            case "java.lang.StackOverflowError" -> thrown.frames().isEmpty() ? "" : "calls without end: see "
                    + thrown.frames().get(0).getMethodName() + "()";
            case "java.lang.OutOfMemoryError" -> outOfMemory(message);
            case "java.lang.ClassNotFoundException" -> missingClass();
            case "java.lang.NoClassDefFoundError" -> message.startsWith("Could not initialize")
                    ? "its initialization failed before, with an ExceptionInInitializerError" : missingClass();
            case "java.lang.UnsatisfiedLinkError" ->
                    "a native library is missing or does not fit this machine: " + System.getProperty("os.name") + " on "
                            + System.getProperty("os.arch");
            case "java.lang.UnsupportedClassVersionError" -> "the library wants a newer Java than this, "
                    + Runtime.version().feature() + ": Retort runs on the newest JDK it finds, or on the one that RETORT_JAVA names";
            case "java.lang.reflect.InaccessibleObjectException" ->
                    OPTIONS.formatted("'--add-opens MODULE/PACKAGE=ALL-UNNAMED'") + " to open the package";
            case "java.nio.file.NoSuchFileException", "java.io.FileNotFoundException" ->
                    message.startsWith("/") ? "" : "the working folder is " + Path.of("").toAbsolutePath();
            default -> "";
        };
    }

    private static String outOfMemory(String message) {
        if (!message.equals("Java heap space") && !message.startsWith("GC overhead")) {
            return "";
        }
        return String.format(Locale.ROOT, "the heap may grow to %,d MB; ", Runtime.getRuntime().maxMemory() >> 20)
                + OPTIONS.formatted("-Xmx8g") + " for more, or drop variables with %reset";
    }

    private static String missingClass() {
        return "no jar that cells see has it; %maven group:artifact:version or %jars file adds one";
    }
}
