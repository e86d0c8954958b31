package dev.retort.kernel.session;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;

/**
 * Where in which cell each snippet stands, and from it where a stack frame does. JShell wraps a class around each snippet;
 * its own translation of line numbers is wrong when a snippet has several lines, so the wrapper's positions are used.
 */
final class Origins {
    /** A snippet's text starts at {@code offset} of the cell, behind a {@code head} of so many characters that is not in the cell. */
    record Origin(Cell cell, int offset, int head) {
    }

    /** A line, from 1, of a cell. */
    record Place(Cell cell, int line) {
        @Override
        public String toString() {
            return cell.name() + ", line " + line;
        }
    }

    private record Located(Snippet snippet, Origin origin) {
    }

    private final SourceCodeAnalysis analysis;
    /** Of declarations, which may be compiled anew into another class. */
    private final Map<String, Located> bySnippet = new ConcurrentHashMap<>();
    private final Map<String, Located> byWrapper = new ConcurrentHashMap<>();

    Origins(SourceCodeAnalysis analysis) {
        this.analysis = analysis;
    }

    void put(Snippet snippet, Origin origin) {
        Located located = new Located(snippet, origin);
        if (snippet instanceof DeclarationSnippet && !ValueVariable.is(snippet)) {
            bySnippet.put(snippet.id(), located);
        } else {
            byWrapper.put(analysis.wrapper(snippet).fullClassName(), located);
        }
    }

    /** The class of a snippet was unloaded: there will be no frame of it. */
    void forget(String wrapper) {
        byWrapper.remove(wrapper);
    }

    /** A name without the class that JShell wrapped around what has it. */
    static String unwrapped(String text) {
        return text.replaceAll(Wrappers.NAME + "[.$]?", "");
    }

    /** The place of a frame of a cell; empty for a frame of a library. */
    Optional<Place> of(StackTraceElement frame) {
        Matcher wrapper = Wrappers.NAME.matcher(frame.getClassName());
        if (!wrapper.lookingAt()) {
            return Optional.empty();
        }
        Located alone = byWrapper.get(wrapper.group());
        if (alone != null) {
            return Optional.of(place(alone, analysis.wrapper(alone.snippet), frame.getLineNumber()));
        }
        for (Located located : bySnippet.values()) {
            SnippetWrapper wrapping = analysis.wrapper(located.snippet);
            if (wrapping.fullClassName().equals(wrapper.group())) {
                return Optional.of(place(located, wrapping, frame.getLineNumber()));
            }
        }
        return Optional.empty();
    }

    private static Place place(Located located, SnippetWrapper wrapping, int wrappedLine) {
        String source = located.snippet.source();
        TreeMap<Integer, Integer> positions = new TreeMap<>();
        for (int at = 0; at < source.length(); at++) {
            if (!Character.isWhitespace(source.charAt(at))) {
                positions.putIfAbsent(lineAt(wrapping.wrapped(), wrapping.sourceToWrappedPosition(at)), at);
            }
        }
        var nearest = positions.floorEntry(wrappedLine);
        Cell cell = located.origin.cell;
        int offset = located.origin.offset + (nearest == null ? 0 : Math.max(0, nearest.getValue() - located.origin.head));
        return new Place(cell, cell.lineAt(Math.min(offset, cell.code().length())));
    }

    private static int lineAt(String text, int offset) {
        return 1 + (int) text.substring(0, Math.max(0, Math.min(offset, text.length()))).chars().filter(c -> c == '\n').count();
    }
}
