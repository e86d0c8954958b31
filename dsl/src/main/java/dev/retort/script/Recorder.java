package dev.retort.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Writes down what Java code does to arrays. The code runs once, on arrays of a few example rows that do each operation
 * and note it. Blocks and losses need not know of it; what has no counterpart in the text, such as reading a number and
 * going on in Java, throws {@link NotRecordable}.
 */
public final class Recorder {
    private static final Set<String> ABOUT_THE_ARRAY = Set.of("getShape", "getDataType", "getDevice", "getSparseFormat",
            "isSparse", "isScalar", "size", "getName", "getUid", "hashCode");
    private static final Set<String> OF_NO_EFFECT = Set.of("attach", "tempAttach", "detach", "close", "setName");
    private static final Set<String> MAKES_A_CONSTANT = Set.of("create", "arange", "zeros", "ones", "full", "eye");

    private final Notes notes;

    /**
     * @param rows   how many rows the examples have; a number that occurs nowhere else in their shapes
     * @param keeper owns the constants that the code makes
     */
    public Recorder(long rows, NDManager keeper) {
        notes = new Notes(rows, keeper);
    }

    /** Gives an array a name in the text; the code that is recorded uses it as it is, and only in operations on inputs. */
    public void name(NDArray array, String name) {
        notes.name(array, name);
    }

    /** An array of this name that records what is done to it. */
    public NDArray input(String name, NDArray example) {
        return array(new Recorded(example, name));
    }

    /** What was recorded on the way to these results. */
    public Recording recording(List<NDArray> results) {
        return notes.recording(results.stream().map(result -> notes.text(unwrapped(result))).toList());
    }

    private static NDArray array(InvocationHandler recorded) {
        return (NDArray) Proxy.newProxyInstance(
                Recorder.class.getClassLoader(), new Class<?>[] {NDArray.class, NDArrayEx.class}, recorded);
    }

    /** What stands behind an argument: of a recorded array its handler, of a list of them a list, otherwise itself. */
    private static Object unwrapped(Object argument) {
        if (argument instanceof NDList list) {
            return list.stream().map(Recorder::unwrapped).toList();
        }
        boolean proxy = argument != null && Proxy.isProxyClass(argument.getClass());
        return proxy && Proxy.getInvocationHandler(argument) instanceof Recorded recorded ? recorded : argument;
    }

    private static Object example(Object argument) {
        if (argument instanceof NDList list) {
            return new NDList(list.stream().map(array -> (NDArray) example(array)).toList());
        }
        return unwrapped(argument) instanceof Recorded recorded ? recorded.example() : argument;
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Does operations, and notes them. */
    private final class Recorded extends Operand implements InvocationHandler {
        Recorded(NDArray example, String name) {
            super(example, name);
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            String called = method.getName();
            if (ABOUT_THE_ARRAY.contains(called)) {
                return call(example(), method, arguments);
            }
            if (OF_NO_EFFECT.contains(called)) {
                return null;
            }
            return switch (called) {
                case "getNDArrayInternal", "getArray" -> proxy;
                case "getManager" -> manager(example().getManager());
                case "equals" -> proxy == arguments[0];
                case "toString" -> notes.text(this);
                default -> operate(proxy, method, arguments == null ? new Object[0] : arguments);
            };
        }

        private Object operate(Object proxy, Method method, Object[] arguments) throws Throwable {
            String operation = Operations.of(method);
            if (operation != null) {
                Object target = method.getDeclaringClass() == NDArrayEx.class ? example().getNDArrayInternal() : example();
                Object[] examples = Arrays.stream(arguments).map(Recorder::example).toArray();
                Object done = call(target, method, Operations.withoutEffects(method, examples));
                NDArray result = done instanceof NDList list ? list.singletonOrThrow() : (NDArray) done;
                Object[] operands = Arrays.stream(arguments).map(Recorder::unwrapped).toArray();
                NDArray noted = array(new Recorded(result, notes.note(operation, this, operands, result)));
                return done instanceof NDList ? new NDList(noted) : noted;
            }
            if (method.isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            throw new NotRecordable(Operations.signature(method));
        }

        /** A manager whose arrays can be calculated with. */
        private NDManager manager(NDManager manager) {
            return (NDManager) Proxy.newProxyInstance(
                    Recorder.class.getClassLoader(), new Class<?>[] {NDManager.class}, (proxy, method, arguments) -> {
                        Object made = call(manager, method, arguments);
                        if (!(made instanceof NDArray array)) {
                            return made;
                        }
                        if (!MAKES_A_CONSTANT.contains(method.getName())) {
                            throw new NotRecordable(method.getName());
                        }
                        return array(new Recorded(array, null));
                    });
        }
    }
}
