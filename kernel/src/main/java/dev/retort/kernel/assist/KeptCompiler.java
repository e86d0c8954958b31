package dev.retort.kernel.assist;

import com.sun.source.util.JavacTask;
import java.io.Writer;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Function;
import javax.tools.DiagnosticListener;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * Java's compiler, which keeps what it has read of classes from one source to the next: to read that takes most of its time. The
 * JDK has a class for it, which is not public; where that is not opened to this package, each source starts anew.
 */
final class KeptCompiler {
    static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    private static final DiagnosticListener<JavaFileObject> DEAF = problem -> { };

    private final JavaFileManager files;
    private final Object pool;
    private final Method getTask;

    /** @param files what it reads must not change while this is used */
    KeptCompiler(JavaFileManager files) {
        this.files = files;
        Object made = null;
        Method found = null;
        try {
            Class<?> type = Class.forName("com.sun.tools.javac.api.JavacTaskPool");
            found = List.of(type.getMethods()).stream().filter(each -> each.getName().equals("getTask")).findFirst().orElseThrow();
            found.setAccessible(true);
            made = type.getConstructor(int.class).newInstance(1);
        } catch (ReflectiveOperationException | InaccessibleObjectException notOpen) {
            // Slower.
        }
        pool = made;
        getTask = found;
    }

    /** Lets {@code work} use a task on one source file; nothing of the task may be used afterwards. */
    <T> T with(JavaFileObject source, List<String> options, Function<JavacTask, T> work) {
        if (pool == null) {
            return work.apply((JavacTask) COMPILER.getTask(Writer.nullWriter(), files, DEAF, options, null, List.of(source)));
        }
        Class<?> worker = getTask.getParameterTypes()[6];
        Object proxy = Proxy.newProxyInstance(worker.getClassLoader(), new Class<?>[] {worker},
                (self, method, arguments) -> work.apply((JavacTask) arguments[0]));
        try {
            @SuppressWarnings("unchecked")
            T result = (T) getTask.invoke(pool, Writer.nullWriter(), files, DEAF, options, null, List.of(source), proxy);
            return result;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause(); // The work throws no other, and the task neither.
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
