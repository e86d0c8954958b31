package dev.retort.notebook;

import java.util.stream.Collectors;

/** The little HTML that a notebook's outputs need. */
final class Html {
    private Html() {
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    /** One paragraph a line. */
    static String paragraphs(String lines) {
        return lines.lines().map(line -> "<p>" + escape(line) + "</p>").collect(Collectors.joining());
    }
}
