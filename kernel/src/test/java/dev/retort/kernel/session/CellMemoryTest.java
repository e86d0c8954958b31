package dev.retort.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Classes of cells: who sees them, and when they go. */
class CellMemoryTest {
    private Session session;

    @BeforeEach
    void start() throws Exception {
        Path contracts = Path.of(BaseKernel.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        session = new Session(contracts, List.of(), new Packages(Path.of("none")), List.of());
    }

    @AfterEach
    void stop() {
        session.close();
    }

    @Test
    void classDeclaredAnewFreesTheOldOne() throws CellException {
        run("class Big { byte[] bytes = new byte[1 << 20]; }");
        WeakReference<?> first = new WeakReference<>(run("Big.class"));
        run("var big = new Big();");
        run("class Big { byte[] other = new byte[1 << 20]; }");
        awaitCleared(first);
    }

    @Test
    void statementsAndValuesFreeTheirClasses() throws CellException {
        run("Object made;");
        run("made = new Object() { public String toString() { return \"anonymous\"; } };");
        WeakReference<?> anonymous = new WeakReference<>(((Object) run("made")).getClass());
        run("made = null;");
        awaitCleared(anonymous);
    }

    @Test
    void valuesAreLetGoOnceTheyAreShown() throws Exception {
        WeakReference<?> shown = new WeakReference<>(run("new int[1 << 20]"));
        awaitCleared(shown);
        assertThatThrownBy(() -> run("Integer.parseInt(\"x\")")).isInstanceOf(CellException.class);
        assertThatThrownBy(() -> run("undeclared + 1")).isInstanceOf(CellException.class);
        run("System.lineSeparator().isEmpty()");
        assertThat(((JShell) field(session, "shell")).variables()).noneMatch(variable -> variable.name().contains("$"));
    }

    @Test
    void expressionsWithoutAValueAndWrongOnesLeaveNothingBehind() throws Exception {
        run("Object kept = 1;");
        Map<?, ?> wrappers = (Map<?, ?>) field(field(field(session, "shell"), "outerMap"), "classOuters");
        Map<?, ?> users = (Map<?, ?>) field(field(field(session, "shell"), "maps"), "dependencies");
        int before = wrappers.size() + users.size();
        for (int i = 0; i < 20; i++) {
            run("kept.toString()");
            run("\"text\".chars().close() // no value");
            assertThatThrownBy(() -> run("kept.missing()")).isInstanceOf(CellException.class);
        }
        assertThat(wrappers.size() + users.size()).isLessThan(before + 20);
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    @Test
    void objectKeepsItsClassAliveThoughItWasDeclaredAnew() throws CellException {
        run("class Counter { int n = 1; Helper helper() { return new Helper(); } }\nclass Helper { int n = 2; }");
        run("Object kept = new Counter();");
        run("class Counter { int n = 10; Helper helper() { return new Helper(); } }");
        System.gc();
        run("class Helper { int n = 20; }");
        System.gc();
        assertThat(run("var method = kept.getClass().getMethod(\"helper\"); method.setAccessible(true);\n"
                + "Object helper = method.invoke(kept);\nhelper.getClass().getField(\"n\").get(helper)")).isEqualTo(2);
    }

    @Test
    void cellsSeeEachOthersPackagePrivateAndProtectedMembers() throws CellException {
        run("class Parent { int field = 1; protected int method() { return 2; } static int shared() { return 3; } Parent() { } }");
        run("class Child extends Parent { protected int method() { return 10 + super.method(); } }");
        assertThat(run("Parent parent = new Child();\nparent.field + parent.method() + Parent.shared()")).isEqualTo(16);
    }

    @Test
    void sealedTypesMayBeSpreadOverCells() throws CellException {
        run("sealed interface Shape permits Circle, Square { }\nrecord Circle(double r) implements Shape { }\n"
                + "record Square(double a) implements Shape { }");
        assertThat(run("Shape shape = new Square(3);\nshape instanceof Square square ? square.a() : 0")).isEqualTo(3.0);
    }

    @Test
    void nestedPrivateMembersStayReachableWithinTheirClass() throws CellException {
        run("class Outer { private int secret = 4; class Inner { private int twice() { return 2 * secret; } } "
                + "int ask() { return new Inner().twice(); } }");
        assertThat(run("new Outer().ask()")).isEqualTo(8);
    }

    @Test
    void errorInAStatementThatIsOverStillNamesItsLine() throws CellException {
        run("Runnable later = () -> {\n    throw new IllegalStateException(\"late\");\n};");
        System.gc();
        assertThatThrownBy(() -> run("later.run();")).isInstanceOfSatisfying(CellException.class,
                failure -> assertThat(String.join("\n", failure.report())).contains("throw new IllegalStateException(\"late\")"));
    }

    private Object run(String code) throws CellException {
        return session.evaluate(new Cell("cell", code));
    }

    private void awaitCleared(WeakReference<?> reference) throws CellException {
        for (int i = 0; i < 50 && reference.get() != null; i++) {
            run("int pass = " + i + ";"); // JShell's last task and the last value hold on to their classes.
            System.gc();
        }
        assertThat(reference.get()).isNull();
    }
}
