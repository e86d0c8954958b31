package dev.retort.kernel.assist;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/** What to write instead of the usual slips, as far as their text shows it: one line, or null where that is not sure. */
final class TextHints {
    /** Words of other languages, and what Java has for them. */
    private static final Map<String, String> FOREIGN = Map.ofEntries(
            Map.entry("True", "true"), Map.entry("False", "false"), Map.entry("None", "null"), Map.entry("nil", "null"),
            Map.entry("undefined", "null"), Map.entry("NULL", "null"), Map.entry("print", "System.out.println(…)"),
            Map.entry("println", "System.out.println(…)"), Map.entry("printf", "System.out.printf(…)"),
            Map.entry("echo", "System.out.println(…)"), Map.entry("console", "System.out.println(…)"), Map.entry("let", "var"),
            Map.entry("val", "final var"), Map.entry("const", "final var"), Map.entry("auto", "var"), Map.entry("string", "String"),
            Map.entry("str", "String"), Map.entry("bool", "boolean"), Map.entry("and", "&&"), Map.entry("or", "||"),
            Map.entry("not", "!"), Map.entry("is", "=="), Map.entry("elif", "else if"), Map.entry("elsif", "else if"),
            Map.entry("unless", "if (!…)"), Map.entry("foreach", "for (var each : …)"), Map.entry("len", "….length() or ….size()"),
            Map.entry("self", "this"), Map.entry("lambda", "x -> …"), Map.entry("pass", "{ }"));
    private static final Set<String> METHOD_WORDS = Set.of("def", "func", "fun", "function", "fn");
    private static final String METHOD = "a method starts with the type that it returns, or void: "
            + "int twice(int n) { return 2 * n; }";
    private static final String LOOP = "a loop over all is written: for (var each : …) { }";
    private static final Pattern FOR_IN = Pattern.compile("for\\s*\\(?\\s*\\w+(?:\\s+\\w+)?\\s+in\\b.*", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("'[^'\\\\\\n]{2,}'.*", Pattern.DOTALL);
    private static final Pattern ASSIGNS = Pattern.compile("[\\w.\\[\\]]+\\s*=[^=].*", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("\\s*[\\w.]+(?:<[^;=]*>|\\[])*\\s*");
    private static final String DOUBLE_QUOTES = "a String is written in double quotes, a char of one letter in single ones";

    private final Slip slip;

    TextHints(Slip slip) {
        this.slip = slip;
    }

    String hint() {
        return switch (slip.kind()) {
            case "cant.resolve.location", "cant.resolve.location.args", "cant.resolve", "cant.resolve.args" -> ofName();
            case "expected", "expected2", "expected3", "expected4", "illegal.start.of.expr", "illegal.start.of.type", "not.stmt" ->
                    ofSyntax();
            case "unclosed.char.lit" -> QUOTED.matcher(slip.code().substring(slip.start())).matches() ? DOUBLE_QUOTES : null;
            case "prob.found.req" -> ASSIGNS.matcher(slip.text()).matches() ? "= assigns; == compares" : null;
            case "enum.as.identifier" -> "enum is a word of Java's own: choose another name";
            case "bad.initializer" -> LOOP;
            case "illegal.char" -> slip.code().startsWith("#", slip.start()) ? "a comment starts with //" : null;
            case "missing.ret.stmt" -> "every way through the method must return a value; if it has none, its type is void";
            case "int.number.too.large" -> "a number beyond 2,147,483,647 ends with L: it is a long";
            case "cant.infer.local.var.type" -> "write the type instead of var";
            case "cant.ref.non.effectively.final.var" ->
                    "a lambda sees only variables that never change: copy it, as in var copy = " + slip.text() + ";";
            case "non-static.cant.be.ref" -> Set.of("this", "super").contains(slip.text()) ? "outside of a class there is no " + slip.text()
                    : "it belongs to each object of the class: call it on one";
            case "type.found.req" -> boxed(slip.text());
            case "abstract.cant.be.instantiated" -> implementation();
            default -> null;
        };
    }

    private String ofName() {
        String name = slip.name();
        if (slip.isMember()) {
            return null;
        }
        if (name.equals("f") && slip.after().startsWith("\"")) {
            return "values are put into text by \"… %s …\".formatted(value)";
        }
        return foreign(name);
    }

    private String ofSyntax() {
        if (FOR_IN.matcher(slip.code()).lookingAt()) {
            return LOOP;
        }
        if (slip.code().startsWith("[", slip.start())) {
            return "an array is written {1, 2}, a list List.of(1, 2)";
        }
        String word = slip.wordAt();
        String before = slip.wordBefore();
        if (before.equals("f") && slip.after().startsWith("\"")) {
            return "values are put into text by \"… %s …\".formatted(value)";
        }
        String first = slip.code().strip().split("\\W", 2)[0];
        String hint = Stream.of(before, word, first).map(TextHints::foreign).filter(Objects::nonNull).findFirst().orElse(null);
        if (hint == null && TYPE.matcher(slip.code().substring(0, slip.start())).matches() && SourceVersion.isKeyword(word)) {
            return word + " is a word of Java's own: choose another name";
        }
        return hint;
    }

    private static String foreign(String word) {
        if (METHOD_WORDS.contains(word)) {
            return METHOD;
        }
        String java = FOREIGN.get(word);
        return java == null ? null : "Java writes " + java + " for " + word;
    }

    private static String boxed(String primitive) {
        return switch (primitive) {
            case "int" -> "type arguments are classes: Integer";
            case "char" -> "type arguments are classes: Character";
            case "double", "float", "long", "short", "byte", "boolean" -> "type arguments are classes: "
                    + Character.toUpperCase(primitive.charAt(0)) + primitive.substring(1);
            default -> null;
        };
    }

    private String implementation() {
        String type = slip.text().replaceFirst("^new\\s+", "").replaceFirst("(?s)[^\\w].*", "");
        return switch (type) {
            case "List", "Collection" -> "an implementation of it: new ArrayList<>()";
            case "Map" -> "an implementation of it: new HashMap<>()";
            case "Set" -> "an implementation of it: new HashSet<>()";
            case "Queue", "Deque" -> "an implementation of it: new ArrayDeque<>()";
            default -> null;
        };
    }
}
