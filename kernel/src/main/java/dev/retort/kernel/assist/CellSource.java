package dev.retort.kernel.assist;

import dev.retort.kernel.assist.Outline.Unit;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cell as a class that Java's compiler takes: its statements make up one method, so that each sees the variables of those
 * before it, executed or not; its declarations become members, and a declaration that has the cursor a local class of the method.
 *
 * @param text     the compilation unit
 * @param position where the cursor is in it
 * @param packages whose classes need no qualifier, besides those that the cell itself imports
 */
record CellSource(String text, int position, Set<String> packages) {
    /** The package of the classes that JShell makes of earlier cells: what these declare is visible in it. */
    static final String PACKAGE = "REPL";
    static final String CLASS = "$Cell";

    private static final String MODIFIERS = "(?:@[\\w.]+(?:\\([^)]*\\))?\\s+|(?:public|protected|private|static|final|abstract|"
            + "sealed|non-sealed|default|synchronized|strictfp)\\s+)*";
    private static final Pattern TYPE = Pattern.compile(MODIFIERS + "(?:class|interface|enum|@interface|record(?=\\s+\\w+\\s*[<(]))\\s.*",
            Pattern.DOTALL);
    private static final Pattern METHOD = Pattern.compile(MODIFIERS + "(?:<[^({;]*>\\s*)?"
            + "(?!(?:new|return|throw|else|yield|assert|case|do)\\b)[\\w.$]+(?:\\s*<[^({;=]*>)?(?:\\s*\\[\\s*\\])*\\s+\\w+\\s*\\(.*",
            Pattern.DOTALL);
    /** What JShell takes before a variable, and a method does not. */
    private static final Pattern OF_MEMBERS = Pattern.compile("(?:(?:public|protected|private|static|transient|volatile)\\s+)+");
    private static final Pattern IMPORT = Pattern.compile("import\\s.*", Pattern.DOTALL);

    /**
     * The source of a cell that ends at the cursor.
     *
     * @param code  the text before the cursor
     * @param after the lines below that of the cursor; they are used if they close what is open before it
     */
    static CellSource upToCursor(Header header, String code, String after) {
        Outline before = Outline.of(code);
        String whole = code + before.closersWithinBlock() + ";" + after;
        return Outline.of(whole).isBalanced()
                ? of(header, whole, code.length())
                : of(header, code + before.closers() + ";", code.length());
    }

    /** The source of a cell as it stands, with what it leaves open closed. */
    static CellSource of(Header header, String code, int cursor) {
        return new Builder(header, code, cursor).build();
    }

    private static final class Builder {
        private final StringBuilder head = new StringBuilder("package " + PACKAGE + ";\n");
        private final StringBuilder members = new StringBuilder();
        private final StringBuilder statements = new StringBuilder();
        private final Set<String> packages;
        private final String code;
        private final int cursor;
        /** The part that has the cursor, and where it is in it. */
        private StringBuilder target = statements;
        private int offset;

        Builder(Header header, String code, int cursor) {
            this.code = code + Outline.of(code).closers();
            this.cursor = cursor;
            this.packages = header.packages();
            head.append(header.text());
        }

        CellSource build() {
            offset = head.length();
            Outline.of(code).units().forEach(this::add);
            String start = "class " + CLASS + " {\n" + members + "Object $cell() throws Throwable {\n";
            int base = target == head ? 0 : head.length() + start.length();
            return new CellSource(head + start + statements + "\n}}\n", base + offset, packages);
        }

        private void add(Unit unit) {
            String text = code.substring(unit.start(), unit.end());
            boolean here = unit.start() < cursor && cursor <= unit.end();
            boolean declares = TYPE.matcher(text).matches() || METHOD.matcher(text).matches();
            if (IMPORT.matcher(text).matches()) {
                append(head, text, unit, here);
            } else if (!declares) {
                Matcher modifiers = OF_MEMBERS.matcher(text);
                int skipped = modifiers.lookingAt() ? modifiers.end() : 0;
                append(statements, " ".repeat(skipped) + text.substring(skipped), unit, here);
            } else if (here) {
                statements.append("class $Here {\n");
                append(statements, text, unit, true);
                statements.append("}\n");
            } else {
                append(members, text, unit, false);
            }
        }

        private void append(StringBuilder part, String text, Unit unit, boolean here) {
            if (here) {
                target = part;
                offset = part.length() + cursor - unit.start();
            }
            part.append(text).append('\n');
        }
    }
}
