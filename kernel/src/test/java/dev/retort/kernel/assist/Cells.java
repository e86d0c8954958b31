package dev.retort.kernel.assist;

import dev.retort.kernel.session.Cell;
import dev.retort.kernel.session.CellException;
import dev.retort.kernel.session.Packages;
import dev.retort.kernel.session.Session;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** A session with the usual imports. In the code given to it {@code |} is the cursor. */
final class Cells implements AutoCloseable {
    private static final List<String> IMPORTS = List.of("java.util.*", "java.util.function.*", "java.util.stream.*", "java.io.*",
            "java.nio.file.*");

    private final Session session;

    Cells(Path... libraries) throws URISyntaxException, CellException {
        Path contracts = Path.of(BaseKernel.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        session = new Session(contracts, List.of(libraries), new Packages(Path.of("none")), List.of());
        for (String each : IMPORTS) {
            run("import " + each + ";");
        }
        session.completeStart();
    }

    void run(String code) throws CellException {
        session.evaluate(new Cell("cell", code));
    }

    Completion complete(String code) {
        int cursor = code.indexOf('|');
        return session.assistant().complete(code.replace("|", ""), cursor);
    }

    List<String> texts(String code) {
        return complete(code).matches().stream().map(Completion.Match::text).toList();
    }

    Explanation explain(String code) {
        return explain(code, false);
    }

    /** With the source of what is explained. */
    String source(String code) {
        return explain(code, true).text();
    }

    private Explanation explain(String code, boolean withSource) {
        int cursor = code.indexOf('|');
        return session.assistant().explain(code.replace("|", ""), cursor, withSource);
    }

    @Override
    public void close() {
        session.close();
    }
}
