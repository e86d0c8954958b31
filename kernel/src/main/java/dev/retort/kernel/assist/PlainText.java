package dev.retort.kernel.assist;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTML of documentation as text to read in a terminal. */
final class PlainText {
    private static final Pattern TOKEN = Pattern.compile("<(/?)(\\w+)[^>]*>|&(#?\\w+);|\\s+|[^<&\\s]+|.");
    private static final Map<String, String> ENTITIES = Map.ofEntries(Map.entry("lt", "<"), Map.entry("gt", ">"), Map.entry("amp", "&"),
            Map.entry("quot", "\""), Map.entry("nbsp", " "), Map.entry("mdash", "—"), Map.entry("ndash", "–"), Map.entry("hellip", "…"),
            Map.entry("le", "≤"), Map.entry("ge", "≥"), Map.entry("ne", "≠"), Map.entry("times", "×"), Map.entry("rarr", "→"),
            Map.entry("lsquo", "‘"), Map.entry("rsquo", "’"), Map.entry("ldquo", "“"), Map.entry("rdquo", "”"));

    private final StringBuilder text = new StringBuilder();
    private boolean preformatted;

    private PlainText() {
    }

    static String of(String html) {
        PlainText plain = new PlainText();
        Matcher token = TOKEN.matcher(html);
        while (token.find()) {
            plain.add(token);
        }
        return plain.text.toString().strip();
    }

    private void add(Matcher token) {
        if (token.group(2) != null) {
            addTag(token.group(2).toLowerCase(Locale.ROOT), !token.group(1).isEmpty());
        } else if (token.group(3) != null) {
            text.append(entity(token.group(3), token.group()));
        } else if (!preformatted && token.group().isBlank()) {
            addBlank();
        } else {
            boolean blankLine = token.group().startsWith("\n") && text.length() > 1 && text.substring(text.length() - 2).equals("\n\n");
            text.append(token.group(), blankLine ? 1 : 0, token.group().length());
        }
    }

    private void addTag(String tag, boolean end) {
        switch (tag) {
            case "pre" -> {
                preformatted = !end;
                addLines(2);
            }
            case "p" -> addLines(end ? 1 : 2);
            case "table", "h1", "h2", "h3", "h4", "blockquote" -> addLines(2);
            case "ul", "ol", "dl", "tr", "br", "div", "dt" -> addLines(1);
            case "li", "dd" -> {
                if (!end) {
                    addLines(1);
                    text.append(tag.equals("li") ? "  - " : "    ");
                }
            }
            case "td", "th" -> addBlank();
            default -> {
            }
        }
    }

    private void addBlank() {
        if (text.length() > 0 && !Character.isWhitespace(text.charAt(text.length() - 1))) {
            text.append(' ');
        }
    }

    /** Ends the line, and leaves another one blank if two are wanted. */
    private void addLines(int count) {
        int end = text.length();
        int lines = 0;
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
            lines += text.charAt(end) == '\n' ? 1 : 0;
        }
        text.setLength(end);
        text.append("\n".repeat(Math.max(lines, count)));
    }

    private static String entity(String name, String whole) {
        if (!name.startsWith("#")) {
            return ENTITIES.getOrDefault(name, whole);
        }
        boolean hexadecimal = name.startsWith("#x");
        try {
            return Character.toString(Integer.parseInt(name.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10));
        } catch (IllegalArgumentException noCharacter) {
            return whole;
        }
    }
}
