package dev.retort.kernel.magic;

import dev.retort.kernel.magic.Magic.Operand;
import dev.retort.kernel.session.Cell;
import dev.retort.kernel.session.CellException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/** Magics that ask the user. */
final class InputMagics {
    private static final String INPUT = "%input variable [prompt]";
    private static final String PASSWORD = "%password variable [prompt]";

    private final Host host;

    InputMagics(Host host) {
        this.host = host;
    }

    List<Magic> table() {
        return List.of(
                new Magic(INPUT, List.of(), Operand.NOTHING, "asks for a line and declares a String with the answer",
                        call -> ask(call, INPUT, false)),
                new Magic(PASSWORD, List.of(), Operand.NOTHING, "the same, and does not show what is typed",
                        call -> ask(call, PASSWORD, true)));
    }

    private Object ask(Call call, String usage, boolean password) throws IOException, CellException {
        List<String> words = call.words();
        if (words.isEmpty() || !SourceVersion.isName(words.get(0))) {
            throw new IllegalArgumentException("write " + usage);
        }
        String variable = words.get(0);
        String prompt = words.size() == 1 ? variable : String.join(" ", words.subList(1, words.size()));
        String answer = host.ask(prompt + ": ", password);
        host.evaluate(new Cell(usage.split(" ")[0], "String " + variable + " = " + literal(answer) + ";"));
        return null;
    }

    private static String literal(String text) {
        return text.chars().mapToObj("\\u%04x"::formatted).map(InputMagics::escaped).collect(Collectors.joining("", "\"", "\""));
    }

    /** The compiler reads these four before it looks for strings. */
    private static String escaped(String unicode) {
        return switch (unicode) {
            case "\\u0022" -> "\\\"";
            case "\\u005c" -> "\\\\";
            case "\\u000a" -> "\\n";
            case "\\u000d" -> "\\r";
            default -> unicode;
        };
    }
}
