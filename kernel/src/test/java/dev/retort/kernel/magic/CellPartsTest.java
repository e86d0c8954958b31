package dev.retort.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retort.kernel.magic.CellParts.Java;
import dev.retort.kernel.magic.CellParts.Magic;
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
                new Java(0, 7), new Magic("%maven", "g:a:1 --exclude \"x y\"", 2, 15, 37), new Java(37, 44));
    }

    @Test
    void magicsFollowEachOtherAndBlocksAndComments() {
        assertThat(CellParts.of("%a\n%b\n")).containsExactly(new Magic("%a", "", 1, 2, 2), new Magic("%b", "", 2, 5, 5));
        assertThat(CellParts.of("class A { }\n%a")).last().extracting("name", "line").containsExactly("%a", 2);
        assertThat(CellParts.of("int a; // why\n%a")).last().extracting("name", "line").containsExactly("%a", 2);
        assertThat(CellParts.of("/* one\n two */\n%a")).last().extracting("name", "line").containsExactly("%a", 3);
    }

    @Test
    void cellMagicTakesTheRest() {
        assertThat(CellParts.of("%%loadFromPOM x\n<a>\n%b")).containsExactly(new Magic("%%loadFromPOM", "x", 1, 16, 22));
        assertThat(CellParts.of("%%empty")).containsExactly(new Magic("%%empty", "", 1, 7, 7));
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
