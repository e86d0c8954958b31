package dev.retort.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.CellParts.CellMagic;
import dev.retort.kernel.CellParts.Java;
import dev.retort.kernel.CellParts.LineMagic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellPartsTest {

    @Test
    void javaStaysWhole() {
        assertThat(CellParts.of("int a = 1;")).containsExactly(new Java(0, 10));
    }

    @Test
    void lineMagicStandsBetweenJava() {
        assertThat(CellParts.of("int a;\n  %maven g:a:1 --exclude \"x y\"\nint b;")).containsExactly(
                new Java(0, 7), new LineMagic("maven", List.of("g:a:1", "--exclude", "x y"), 2), new Java(37, 44));
    }

    @Test
    void magicsFollowEachOtherAndBlocksAndComments() {
        assertThat(CellParts.of("%a\n%b\n")).containsExactly(new LineMagic("a", List.of(), 1), new LineMagic("b", List.of(), 2));
        assertThat(CellParts.of("class A { }\n%a")).last().isEqualTo(new LineMagic("a", List.of(), 2));
        assertThat(CellParts.of("int a; // why\n%a")).last().isEqualTo(new LineMagic("a", List.of(), 2));
        assertThat(CellParts.of("/* one\n two */\n%a")).last().isEqualTo(new LineMagic("a", List.of(), 3));
    }

    @Test
    void cellMagicTakesTheRest() {
        assertThat(CellParts.of("%%loadFromPOM x\n<a>\n%b")).containsExactly(new CellMagic("loadFromPOM", List.of("x"), "<a>\n%b"));
        assertThat(CellParts.of("%%empty")).containsExactly(new CellMagic("empty", List.of(), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "int a = 17\n  %b;",
        "String s = \"\"\"\n%maven\n\"\"\";",
        "String s = \"\"\"\n\\\"\"\"\n%maven\n\"\"\";",
        "/*\n%maven\n*/",
        "void f() {\n%maven\n}",
        "f(1,\n%b)",
        "char c = '\"'; int i = 5\n%b;",
        "String s = \"a\\\"\\\\\" + 5\n%b;",
        "int a = 5 %b;",
    })
    void percentSignInJavaIsJava(String code) {
        assertThat(CellParts.of(code)).containsExactly(new Java(0, code.length()));
    }

    @Test
    void unfinishedTextIsLeftToTheCompiler() {
        assertThat(CellParts.of("String s = \"abc\n%")).containsExactly(new Java(0, 17));
        assertThat(CellParts.of("String s = \"\"\"\n%x")).containsExactly(new Java(0, 17));
        assertThat(CellParts.of("/* %x")).containsExactly(new Java(0, 5));
    }
}
