package dev.retort.kernel.cli;

import java.lang.reflect.Proxy;

/**
 * What Ctrl-C does. A shutdown hook would not do: it runs when the end has begun, and a second Ctrl-C
 * would be lost. The JDK's class for signals is not part of its API, hence the reflection.
 */
final class CtrlC {
    static final int STATUS = 130;

    private CtrlC() {
    }

    /** Lets the first Ctrl-C do the given thing; one more ends the process at once. */
    static void onFirst(Runnable action) {
        handle(() -> {
            handle(() -> Runtime.getRuntime().halt(STATUS));
            action.run();
        });
    }

    /** Lets it do nothing: Jupyter interrupts its kernels by a message, and the terminal's Ctrl-C is meant for Jupyter. */
    static void ignore() {
        handle(() -> { });
    }

    private static void handle(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                action.run();
                return null;
            });
            signal.getMethod("handle", signal, handler).invoke(null, interrupt, proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no sun.misc.Signal", e);
        }
    }
}
