package dev.retort.model;

import ai.djl.Device;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;

/** Classifiers whose answers a test has a hand in. */
public final class Scored {
    private Scored() {
    }

    /** A classifier like another, but for who answers. */
    public static Classifier by(Classifier like, UnaryOperator<Scorer> answering) {
        return (Classifier) Proxy.newProxyInstance(Classifier.class.getClassLoader(), new Class<?>[] {Classifier.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("open")) {
                return answering.apply(like.open((Device) arguments[0]));
            }
            if (like.getClass().getMethod(method.getName(), method.getParameterTypes()).isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            try {
                return method.invoke(like, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
