package dev.retort.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * TorchScript methods that libtorch compiled, with lists of arrays that they share with Java: what a method does to such
 * an array in place, Java sees.
 */
public final class Program {
    private final PtSymbolBlock module;

    /**
     * Compiles methods.
     *
     * @param manager owns the program
     * @param methods as TorchScript text, indented by two, with {@code self: __torch__.Program}
     * @param lists   the lists of arrays, by name
     */
    public Program(NDManager manager, String methods, Map<String, List<NDArray>> lists) {
        try {
            byte[] archive = new Archive(List.copyOf(lists.keySet()), methods).bytes();
            module = JniUtils.loadModule((PtNDManager) manager, new ByteArrayInputStream(archive), false, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lists.forEach((list, arrays) -> arrays.forEach(array -> call(Archive.adder(list), array).close()));
    }

    /** Calls a method; its result belongs to the manager of the arguments. */
    public NDArray call(String method, NDArray... arguments) {
        NDList inputs = new NDList(arguments);
        try (NDArray tag = arguments[0].getManager().create(0)) {
            // DJL calls the method that the last argument is named after. Its other way to do so would forbid gradients.
            tag.setName("module_method:" + method);
            inputs.add(tag);
            // On this thread: the optimizer does not know oneDNN's layout, and would replace its gradients.
            JniUtils.setGraphExecutorOptimize(false);
            return IValueUtils.forward(module, inputs, true).singletonOrThrow();
        }
    }
}
