package dev.retort.script;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What DJL's operations are called in TorchScript. A line reads {@code method(parameter types) → operation arguments},
 * where {@code 0} is the array itself and {@code 1, 2, …} are the method's arguments; {@code t1} is an argument that must
 * not be a number, {@code 0+1} the array itself and the arrays of a list, {@code 1-7} what is left to 1,
 * {@code unless3} an argument that must not be true, {@code shape} that of the result. Anything else stands as it is.
 */
final class Operations {
    private static final String TABLE = """
            abs() → abs 0
            exp() → exp 0
            log() → log 0
            neg() → neg 0
            sqrt() → sqrt 0
            square() → square 0
            tanh() → tanh 0
            sigmoid() → sigmoid 0
            relu() → relu 0
            softPlus() → softplus 0
            stopGradient() → detach 0
            toType(DataType,boolean) → to 0 1
            add(NDArray) → add 0 1
            add(Number) → add 0 1
            sub(NDArray) → sub 0 1
            sub(Number) → sub 0 1
            mul(NDArray) → mul 0 1
            mul(Number) → mul 0 1
            div(NDArray) → div 0 1
            div(Number) → div 0 1
            pow(NDArray) → pow 0 1
            pow(Number) → pow 0 1
            maximum(NDArray) → maximum 0 t1
            minimum(NDArray) → minimum 0 t1
            eq(NDArray) → eq 0 1
            neq(NDArray) → ne 0 1
            gt(NDArray) → gt 0 1
            gte(NDArray) → ge 0 1
            lt(NDArray) → lt 0 1
            lte(NDArray) → le 0 1
            sum() → sum 0
            sum(int[],boolean) → sum 0 1 2
            mean() → mean 0
            mean(int[],boolean) → mean 0 1 2
            max(int[],boolean) → amax 0 1 2
            argMax(int) → argmax 0 1 False
            softmax(int) → softmax 0 1
            logSoftmax(int) → log_softmax 0 1
            gather(NDArray,int) → gather 0 2 t1
            diagonal() → diagonal 0
            concat(NDList,int) → cat 0+1 2
            expandDims(int) → unsqueeze 0 1
            squeeze(int[]) → squeeze 0 1
            flatten(int,int) → flatten 0 1 2
            reshape(Shape) → reshape 0 shape
            transpose() → numpy_T 0
            transpose(int[]) → permute 0 1
            matMul(NDArray) → matmul 0 t1
            linear(NDArray,NDArray,NDArray) → linear 1 2 3
            convolution(NDArray,NDArray,NDArray,Shape,Shape,Shape,int) → conv2d 1 2 3 4 5 6 7
            maxPool(Shape,Shape,Shape,boolean) → max_pool2d 0 1 2 3 [1,1] 4
            avgPool(Shape,Shape,Shape,boolean,boolean) → avg_pool2d 0 1 2 3 4 5
            dropout(NDArray,float,boolean) → dropout 1 2 unless3
            batchNorm(NDArray,NDArray,NDArray,NDArray,NDArray,int,float,float,boolean) → batch_norm 1 4 5 2 3 9 1-7 8 True
            """;

    private static final Map<String, String> BY_SIGNATURE = new HashMap<>();

    static {
        TABLE.lines().map(line -> line.split(" → ")).forEach(pair -> BY_SIGNATURE.put(pair[0], pair[1]));
    }

    private Operations() {
    }

    /** The operation and its arguments; null when there is none. */
    static String of(Method method) {
        return BY_SIGNATURE.get(signature(method));
    }

    /** An operation's arguments for a trial: batch normalisation in training would change its running statistics. */
    static Object[] withoutEffects(Method method, Object[] arguments) {
        if (method.getName().equals("batchNorm")) {
            arguments[8] = false;
        }
        return arguments;
    }

    static String signature(Method method) {
        return Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName)
                .collect(Collectors.joining(",", method.getName() + "(", ")"));
    }
}
