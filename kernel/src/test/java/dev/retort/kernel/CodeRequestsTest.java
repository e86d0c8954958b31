package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.retort.kernel.wire.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests about code, {@code |} being the cursor, and the replies. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodeRequestsTest {
    private Kernel kernel;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        this.folder = folder;
        Files.createDirectory(folder.resolve("cells"));
        Files.createFile(folder.resolve("script.jsh"));
        kernel = Kernel.start(new Home(folder));
    }

    @AfterAll
    void close() {
        kernel.close();
    }

    @Test
    void matchesComeWithTypesAndPositionsInCharacters() {
        ObjectNode reply = complete("var s = \"😀\"; s.isBl|");
        assertThat(reply.path("matches").toString()).isEqualTo("[\"isBlank()\"]");
        assertThat(reply.path("cursor_start").asInt()).isEqualTo(15);
        assertThat(reply.path("cursor_end").asInt()).isEqualTo(19);
        assertThat(reply.path("metadata").path("_jupyter_types_experimental").toString()).isEqualTo(
                "[{\"start\":15,\"end\":19,\"text\":\"isBlank()\",\"type\":\"function\",\"signature\":\"boolean isBlank()\"}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            %mave|                        ~ ["%maven","%mavenRepo"]
            %%writef|                     ~ ["%%writefile"]
            %help %timei|                 ~ ["%timeit"]
            %maven a:b:1 --exc|           ~ ["--exclude"]
            %time "text".isBl|            ~ ["isBlank()"]
            %imports java.util.concurr|   ~ ["concurrent"]
            %clear |                      ~ []
            """)
    void magicAndItsArgumentsComplete(String code, String matches) {
        assertThat(complete(code).path("matches").toString()).isEqualTo(matches);
    }

    @Test
    void fileNameCompletesAfterAMagic() {
        String path = folder.toString().replace('\\', '/');
        ObjectNode reply = complete("int x = 1;\n%load " + path + "/scr|");
        assertThat(reply.path("matches").toString()).isEqualTo("[\"script.jsh\"]");
        assertThat(reply.path("cursor_start").asInt()).isEqualTo(("int x = 1;\n%load " + path + "/").length());
        assertThat(complete("%%bash\ncat " + path + "/scr|").path("matches").toString()).isEqualTo("[\"script.jsh\"]");
    }

    @Test
    void environmentVariableCompletes() {
        assertThat(complete("%env PAT|").path("matches").toString()).contains("\"PATH\"");
        kernel.execute("%env SET_BY_A_CELL=1", new Recorder(), Input.NONE);
        assertThat(complete("%env SET_BY_A_C|").path("matches").toString()).isEqualTo("[\"SET_BY_A_CELL\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%clear\n\"\".isBl|", "%%time\n\"\".isBl|", "%%timeit\n\"\".isBl|", "var f = \"\";\n%clear\nf.isBl|"})
    void javaBesideAMagicCompletes(String code) {
        assertThat(complete(code).path("matches").toString()).isEqualTo("[\"isBlank()\"]");
    }

    @Test
    void magicIsExplained() {
        ObjectNode reply = inspect("%ma|ven a:b:1");
        assertThat(reply.path("found").asBoolean()).isTrue();
        assertThat(reply.path("data").path("text/plain").asText()).startsWith("%maven group:artifact:version");
        assertThat(reply.path("data").path("text/html").asText()).startsWith("<pre>%maven");
    }

    @Test
    void unknownNameIsNotFound() {
        ObjectNode reply = inspect("nowhere|");
        assertThat(reply.path("found").asBoolean()).isFalse();
        assertThat(reply.path("data").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 + 1", "int a = 1;", "int a", "if (true) { }", "class A { }\n", "// comment", "/* comment */", "%maven a:b:1",
        "%clear\nint x = 1;", "\"text\"", "\"\"\"\n  text\"\"\"", "%%bash\necho\n", "var f = 1; f", "System.out.println()", "private static int x = 1;",
        "import java.util.List", "int f() { return 1; } f()", "x -> 1"})
    void wholeCodeIsComplete(String code) {
        assertThat(isComplete(code).path("status").asText()).isEqualTo("complete");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            for (;;) {~    \s
            if (true) {\\n    f(~        \s
            class A {\\n    int x;~    \s
            List.of(1,~    \s
            int x = ~
            1 +~
            List.of(1).~
            /* comment~
            String s = \"""~
            %%bash~
            %%bash\\necho~
            %clear\\nint x =~
            """)
    void unfinishedCodeIsIncompleteAndIndented(String code, String indent) {
        ObjectNode reply = isComplete(code.replace("\\n", "\n"));
        assertThat(reply.path("status").asText()).isEqualTo("incomplete");
        assertThat(reply.path("indent").asText().length()).isEqualTo(indent == null ? 0 : indent.length() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"int x = = 3;", "\"unfinished", "1 + ;", "int z = 3 }", ")", "int f() { } }", "int x = = 3;\nint y"})
    void wrongCodeIsInvalid(String code) {
        assertThat(isComplete(code).path("status").asText()).isEqualTo("invalid");
    }

    private ObjectNode complete(String code) {
        return CodeRequests.complete(kernel, request(code));
    }

    private ObjectNode inspect(String code) {
        return CodeRequests.inspect(kernel, request(code));
    }

    private ObjectNode isComplete(String code) {
        return CodeRequests.isComplete(kernel, Message.newObject().put("code", code));
    }

    private static ObjectNode request(String code) {
        int cursor = code.indexOf('|');
        return Message.newObject().put("code", code.replace("|", "")).put("cursor_pos", code.codePointCount(0, cursor));
    }
}
