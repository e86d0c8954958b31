package dev.retort.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.nn.Block;
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

    /** Two numbers of rows that hardly any net has as a width: what depends on the number differs between them. */
    private static final int ROWS = 13;
    private static final int OTHER_ROWS = 17;

    private final Notes notes;

    private Recorder(int rows, NDManager keeper) {
        notes = new Notes(rows, keeper);
    }

    /** What is recorded. */
    @FunctionalInterface
    public interface Code {
        /**
         * Works on {@link Recorder#input inputs}.
         *
         * @param scope owns the examples
         * @param rows  how many rows they have
         * @return the results
         */
        List<NDArray> run(Recorder recorder, NDManager scope, int rows);
    }

    /**
     * Records what code does with a block.
     *
     * @param keeper owns the constants that the code makes
     * @throws NotRecordable when it does what has no counterpart, or something else for other numbers of rows
     */
    public static Recording record(Block block, NDManager keeper, Code code) {
        if (!isPlain(block)) {
            throw new NotRecordable("a block of a class of the user's own: it may do something else each time");
        }
        Recording recording = record(ROWS, keeper, code);
        if (!recording.isSameAs(record(OTHER_ROWS, keeper, code))) {
            throw new NotRecordable("what depends on the number of rows, or on where a run is");
        }
        return recording;
    }

    private static Recording record(int rows, NDManager keeper, Code code) {
        try (NDManager scope = keeper.newSubManager()) {
            Recorder recorder = new Recorder(rows, keeper);
            List<NDArray> results = code.run(recorder, scope, rows);
            return recorder.notes.recording(results.stream().map(result -> recorder.notes.text(unwrapped(result))).toList());
        }
    }

    private static boolean isPlain(Block block) {
        String name = block.getClass().getName();
        return (name.startsWith("ai.djl.nn.") || name.startsWith("dev.retort."))
                && block.getChildren().values().stream().allMatch(Recorder::isPlain);
    }

    /** Gives an array a name in the text; the code that is recorded uses it as it is, and only in operations on inputs. */
    public void name(NDArray array, String name) {
        notes.name(array, name);
    }

    /** An array of this name that records what is done to it. */
    public NDArray input(String name, NDArray example) {
        return array(new Recorded(example, name));
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
