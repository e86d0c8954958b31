package dev.retort.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.ImportSnippet;

/** The imports in a text, of which JShell sees the first. */
final class Imports {
    private static final Pattern IMPORT = Pattern.compile("\\s*+import\\s++((?:static\\s++)?[\\w.*]++)\\s*+;?");

    private Imports() {
    }

    /** What a snippet imports, as {@code java.util.*} or {@code static java.lang.Math.*}. */
    static List<String> of(ImportSnippet snippet) {
        List<String> found = new ArrayList<>();
        if (addAll(snippet.source(), found)) {
            return found;
        }
        return List.of((snippet.isStatic() ? "static " : "") + snippet.fullname()); // With comments in it.
    }

    /** Adds the imports that {@code code} consists of; returns whether there is nothing else in it. */
    static boolean addAll(String code, List<String> found) {
        List<String> imports = new ArrayList<>();
        Matcher matcher = IMPORT.matcher(code);
        int at = 0;
        while (matcher.region(at, code.length()).lookingAt()) {
            imports.add(matcher.group(1).replaceAll("\\s+", " "));
            at = matcher.end();
        }
        return code.substring(at).isBlank() && found.addAll(imports);
    }
}
