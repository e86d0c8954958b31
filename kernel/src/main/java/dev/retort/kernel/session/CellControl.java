package dev.retort.kernel.session;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import jdk.jshell.spi.SPIResolutionException;

/**
 * Runs snippets for JShell on the thread of their cell, and keeps the value of the last one itself, not only its text. While
 * one runs JShell is let go, so that another cell may use it.
 */
final class CellControl extends DirectExecutionControl implements ExecutionControlProvider {
    /** A chain of causes longer than this is a loop, or of no use to a reader. */
    private static final int CAUSES = 16;

    private final ReentrantLock lock;
    private Object value;
    private RunException thrown;
    private Class<?> invoked;

    /** @param lock held by whoever uses JShell; it guards the values here, too */
    CellControl(CellLoader loader, ReentrantLock lock) {
        super(loader);
        this.lock = lock;
    }

    /** The value of the snippet that ran last; it is not kept after this. */
    Object takeValue() {
        Object taken = value;
        value = null;
        return taken;
    }

    /** What the snippet that ran last threw, with the frames that JShell would translate, or null; it is not kept after this. */
    RunException takeThrown() {
        RunException taken = thrown;
        thrown = null;
        return taken;
    }

    /** Lets the value of a variable go that the snippet that ran last declared. */
    void forget(String variable) {
        try {
            Field field = invoked.getDeclaredField(variable);
            if (!field.getType().isPrimitive()) {
                field.setAccessible(true);
                field.set(null, null);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("JShell's class has no variable " + variable, e);
        }
    }

    @Override
    protected String invoke(Method snippet) throws Exception {
        value = null;
        thrown = null;
        try {
            value = withoutLock(() -> run(snippet));
            invoked = snippet.getDeclaringClass();
        } catch (Stop.Stopped e) {
            throw new StoppedException();
        } catch (RunException e) {
            thrown = e;
            throw e;
        }
        return "";
    }

    private Object withoutLock(Callable<Object> code) throws Exception {
        CellThread thread = CellThread.current();
        lock.unlock();
        try {
            return thread == null ? code.call() : thread.call(code);
        } finally {
            lock.lock();
        }
    }

    @Override
    public String varValue(String className, String varName) {
        return "";
    }

    @Override
    public String name() {
        return "cells";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
        return this;
    }

    private static Object run(Method snippet) throws RunException, IllegalAccessException {
        RunClock clock = RunClock.current();
        try {
            if (clock != null) {
                clock.enter();
            }
            return snippet.invoke(null);
        } catch (InvocationTargetException e) {
            throw asRunException(e.getCause(), CAUSES);
        } finally {
            if (clock != null) {
                clock.leave();
            }
        }
    }

    // On the cell's thread, since getMessage() and getCause() may be code of a cell.
    private static RunException asRunException(Throwable thrown, int depth) {
        if (thrown instanceof Stop.Stopped stopped) {
            throw stopped;
        }
        if (thrown instanceof SPIResolutionException unresolved) {
            return new ResolutionException(unresolved.id(), unresolved.getStackTrace());
        }
        UserException converted = new UserException(message(thrown), thrown.getClass().getName(), thrown.getStackTrace());
        Throwable cause = depth == 0 ? null : thrown.getCause();
        converted.initCause(cause == null ? null : asRunException(cause, depth - 1));
        return converted;
    }

    private static String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (RuntimeException | StackOverflowError e) {
            return "(its getMessage() threw " + e.getClass().getName() + ")";
        }
    }
}
