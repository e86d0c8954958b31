package dev.retort.kernel;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The environment variables that a kernel heeds. Each may go by the name that it has in the kernels of the IJava line:
 * {@code RETORT_CLASSPATH}, {@code JJAVA_CLASSPATH} and {@code IJAVA_CLASSPATH} are one, and the first that is set counts.
 *
 * @param variables all variables
 */
record Environment(Map<String, String> variables) {
    /** The system property that says that the JVM runs code with preview features. */
    private static final String PREVIEW = "retort.preview";
    private static final String FEATURE = Integer.toString(Runtime.version().feature());
    private static final List<String> PREFIXES = List.of("RETORT_", "JJAVA_", "IJAVA_");

    static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    /**
     * {@code COMPILER_OPTS}: options of the Java compiler, such as {@code -parameters}. Where the JVM was started with preview
     * features, cells may use them, unless the options ask for some release.
     */
    List<String> compilerOptions() {
        List<String> given = Stream.of(get("COMPILER_OPTS").split("\\s+")).filter(option -> !option.isEmpty()).toList();
        boolean preview = Boolean.getBoolean(PREVIEW) && given.stream().noneMatch(option -> option.matches("--?(release|source)"));
        return preview ? Stream.concat(Stream.of("--enable-preview", "--source", FEATURE), given.stream()).toList() : given;
    }

    /** {@code CLASSPATH}: jars and folders that cells see, as {@code %classpath} takes them; may be empty. */
    String classPath() {
        return get("CLASSPATH");
    }

    /** {@code STARTUP_SCRIPTS_PATH}: files whose code, magics included, runs before the first cell; may be empty. */
    String startupScripts() {
        return get("STARTUP_SCRIPTS_PATH");
    }

    /** {@code STARTUP_SCRIPT}: code that runs after those files; may be empty. */
    String startupScript() {
        return get("STARTUP_SCRIPT");
    }

    /** {@code LOAD_EXTENSIONS}: whether extensions in the jars of cells are installed; so they are, unless told otherwise. */
    boolean loadsExtensions() {
        return !List.of("0", "false", "no", "off").contains(get("LOAD_EXTENSIONS").toLowerCase());
    }

    /**
     * {@code TIMEOUT}: how many milliseconds a cell may take; 0 if as long as it likes.
     *
     * @throws IllegalArgumentException if it is not a number
     */
    long timeoutMillis() {
        String timeout = get("TIMEOUT");
        try {
            return timeout.isEmpty() ? 0 : Math.max(0, Long.parseLong(timeout.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("TIMEOUT is '" + timeout + "', not a number of milliseconds", e);
        }
    }

    private String get(String name) {
        return PREFIXES.stream().map(prefix -> variables.get(prefix + name)).filter(Objects::nonNull).findFirst().orElse("");
    }
}
