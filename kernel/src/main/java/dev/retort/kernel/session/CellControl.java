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
    private final ReentrantLock lock;
    private Object value;
    private Thrown thrown;
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

    /** What the snippet that ran last threw, or null; it is not kept after this. */
    Thrown takeThrown() {
        Thrown taken = thrown;
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
        } catch (Stop.Stopped e) {
            throw new StoppedException();
        } catch (SnippetThrew e) {
            thrown = e.thrown;
            throw e.forJShell;
        } finally {
            invoked = snippet.getDeclaringClass(); // Only now: other cells may have run meanwhile.
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

    private static Object run(Method snippet) throws SnippetThrew, IllegalAccessException {
        RunClock clock = RunClock.current();
        try {
            if (clock != null) {
                clock.enter();
            }
            return snippet.invoke(null);
        } catch (InvocationTargetException e) {
            MemoryReserve.giveUpFor(e.getCause());
            throw new SnippetThrew(e.getCause());
        } finally {
            if (clock != null) {
                clock.leave();
            }
        }
    }

    /** Carries what a snippet threw from the thread of its cell. */
    private static final class SnippetThrew extends Exception {
        private final transient Thrown thrown;
        private final RunException forJShell;

        SnippetThrew(Throwable cause) {
            super(null, null, false, false);
            thrown = Thrown.of(cause);
            forJShell = cause instanceof SPIResolutionException unresolved
                    ? new ResolutionException(unresolved.id(), unresolved.getStackTrace())
                    : new UserException(thrown.message(), thrown.type(), new StackTraceElement[0]);
        }
    }
}
