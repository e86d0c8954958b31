package dev.retort.kernel;

import dev.retort.kernel.assist.Completion;
import dev.retort.kernel.assist.Completion.Kind;
import dev.retort.kernel.assist.Completion.Match;
import dev.retort.kernel.assist.Explanation;
import dev.retort.kernel.assist.FileNames;
import dev.retort.kernel.magic.CellParts;
import dev.retort.kernel.magic.Magic;
import dev.retort.kernel.magic.Magic.Operand;
import dev.retort.kernel.magic.Magics;
import dev.retort.kernel.maven.LocalLibraries;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Completes and explains magics: their names, and what may follow them. */
final class MagicAssistant {
    private static final Pattern NAME = Pattern.compile("(?:^|\\n)[ \\t]*(%%?\\w*)$");
    private static final Pattern OPTION = Pattern.compile("(?<=\\[)--?\\w+");

    private MagicAssistant() {
    }

    /** What may stand at the end of the code; null where that is Java. */
    static Completion complete(String code, Magics magics) {
        Matcher name = NAME.matcher(code);
        if (name.find()) {
            return named(magics, name.group(1), name.start(1));
        }
        List<CellParts.Part> parts = CellParts.of(code);
        boolean inMagic = !parts.isEmpty() && parts.get(parts.size() - 1) instanceof CellParts.Magic;
        if (!inMagic) {
            return null;
        }
        CellParts.Magic magic = (CellParts.Magic) parts.get(parts.size() - 1);
        boolean below = magic.ofCell() && code.substring(0, magic.start()).endsWith("\n");
        boolean onLine = !magic.ofCell() && magic.end() == code.length() || magic.ofCell() && !below;
        return onLine || below && !hasJavaBelow(magics, magic) ? argument(magics, magic.name(), code) : null;
    }

    /** How the magic is written whose name the cursor is in or at the end of; null if it is in none. */
    static Explanation explain(String code, int cursor, Magics magics) {
        int end = cursor;
        while (end < code.length() && Character.isLetterOrDigit(code.charAt(end))) {
            end++;
        }
        Matcher name = NAME.matcher(code.substring(0, end));
        return name.find() ? magics.find(name.group(1)).map(MagicAssistant::explained).orElse(null) : null;
    }

    private static Explanation explained(Magic magic) {
        String aliases = magic.aliases().isEmpty() ? "" : "\n\nAlso: " + String.join(", ", magic.names().skip(1).toList());
        return Explanation.of(magic.usage(), magic.help() + aliases);
    }

    /** What takes the name of a file has something else than Java below it. */
    static boolean hasJavaBelow(Magics magics, CellParts.Magic magic) {
        return magics.find(magic.name()).map(Magic::operand).filter(operand -> operand != Operand.FILE).isPresent();
    }

    private static Completion argument(Magics magics, String name, String code) {
        int start = Math.max(code.lastIndexOf(' '), Math.max(code.lastIndexOf('\t'), code.lastIndexOf('\n'))) + 1;
        String word = code.substring(start);
        Magic magic = magics.find(name).orElse(null);
        if (magic == null || magic.operand() == Operand.JAVA) {
            return null;
        }
        if (word.startsWith("-")) {
            Stream<String> options = OPTION.matcher(magic.usage()).results().map(each -> each.group());
            return new Completion(options.filter(each -> each.startsWith(word)).map(each -> match(each, magic.usage())).toList(), start);
        }
        return switch (magic.operand()) {
            case FILE -> FileNames.complete(code, start);
            case LIBRARY -> new Completion(LocalLibraries.complete(Path.of(System.getProperty("user.home"), ".m2", "repository"), word)
                    .stream().map(each -> new Match(each, Kind.MODULE, "")).toList(), start);
            case MAGIC -> named(magics, word, start);
            case VARIABLE -> new Completion(magics.variables().filter(each -> each.startsWith(word))
                    .map(each -> new Match(each, Kind.INSTANCE, "")).toList(), start);
            default -> new Completion(List.of(), code.length());
        };
    }

    private static Completion named(Magics magics, String prefix, int start) {
        return new Completion(magics.names().filter(each -> each.startsWith(prefix)).sorted()
                .map(each -> match(each, magics.find(each).map(magic -> magic.usage() + ": " + magic.help()).orElse(""))).toList(), start);
    }

    private static Match match(String text, String signature) {
        return new Match(text, Kind.MAGIC, signature);
    }

    /** The code with blanks for all that is not Java, so that positions stay. */
    static String javaOnly(String code, Magics magics) {
        if (code.indexOf('%') < 0) {
            return code;
        }
        char[] java = code.replaceAll("[^\\n]", " ").toCharArray();
        for (CellParts.Part part : CellParts.of(code)) {
            if (part instanceof CellParts.Java each) {
                code.getChars(each.start(), each.end(), java, each.start());
            } else if (part instanceof CellParts.Magic each && takesJava(magics, each)) {
                code.getChars(each.start(), each.end(), java, each.start());
            }
        }
        return new String(java);
    }

    private static boolean takesJava(Magics magics, CellParts.Magic magic) {
        return magic.ofCell() ? hasJavaBelow(magics, magic)
                : magics.find(magic.name()).filter(each -> each.operand() == Operand.JAVA).isPresent();
    }
}
