package dev.retort.kernel.assist;

import com.sun.source.util.JavacTask;
import java.io.Writer;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
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
    /** Used again and again it keeps some of what it saw. */
    private static final int MOST_USES = 100;

    private static final Constructor<?> POOL;
    private static final Method GET_TASK;

    static {
        Constructor<?> pool = null;
        Method getTask = null;
        try {
            Class<?> type = Class.forName("com.sun.tools.javac.api.JavacTaskPool");
            getTask = Stream.of(type.getMethods()).filter(each -> each.getName().equals("getTask")).findFirst().orElseThrow();
            getTask.setAccessible(true);
            pool = type.getConstructor(int.class);
            pool.setAccessible(true);
        } catch (ReflectiveOperationException | InaccessibleObjectException notOpen) {
            pool = null; // Slower.
        }
        POOL = pool;
        GET_TASK = getTask;
    }

    private final Surroundings surroundings;
    private JavaFileManager files;
    private Object pool;
    private int revision;
    private int uses = MOST_USES;

    KeptCompiler(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Lets {@code work} use a task on one source file; nothing of the task may be used afterwards. */
    <T> T with(JavaFileObject source, List<String> options, Function<JavacTask, T> work) {
        forgetWhatHasChanged();
        if (pool == null) {
            return work.apply((JavacTask) COMPILER.getTask(Writer.nullWriter(), files, DEAF, options, null, List.of(source)));
        }
        Class<?> worker = GET_TASK.getParameterTypes()[6];
        Object proxy = Proxy.newProxyInstance(worker.getClassLoader(), new Class<?>[] {worker},
                (self, method, arguments) -> work.apply((JavacTask) arguments[0]));
        try {
            @SuppressWarnings("unchecked")
            T result = (T) GET_TASK.invoke(pool, Writer.nullWriter(), files, DEAF, options, null, List.of(source), proxy);
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

    private void forgetWhatHasChanged() {
        JavaFileManager current = surroundings.files();
        int now = surroundings.revision();
        if (now != revision || uses == MOST_USES) {
            files = current;
            pool = newPool();
            revision = now;
            uses = 0;
        }
        uses++;
    }

    private static Object newPool() {
        try {
            return POOL == null ? null : POOL.newInstance(1);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
