package dev.retort.distill;

import dev.retort.data.DataSet;
import dev.retort.loss.Loss;
import dev.retort.model.Blueprint;
import dev.retort.train.TrainingOptions;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Reads back what values of the language wrote of themselves: calls with numbers, quoted texts and other calls in their
 * brackets, and further calls after dots. A new word needs nothing here. Only what describes is called, nothing that trains,
 * answers or saves: each call must give a value of a kind that recipes are made of.
 */
final class Language {
    private static final Set<String> OF_RECIPES =
            Set.of(DataSet.class.getPackageName(), Loss.class.getPackageName(), TrainingOptions.class.getPackageName());
    private static final Pattern TOKEN = Pattern.compile("\\s*([\\p{Alpha}_]\\w*|-?\\d[\\d.]*(?:[eE][-+]?\\d+)?|\"[^\"]*\"|[.,()])");

    private final String text;
    private final Class<?> words;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    /** What is known of a value is its type in the language, where its own class may be hidden. */
    private record Typed(Object value, Class<?> type) {
    }

    private Language(String text, Class<?> words) {
        this.text = text;
        this.words = words;
        Matcher token = TOKEN.matcher(text);
        while (token.lookingAt()) {
            tokens.add(token.group(1));
            token.region(token.end(), text.length());
        }
        if (!token.hitEnd() || token.regionStart() < text.length()) {
            throw new IllegalArgumentException("'" + text.substring(token.regionStart()) + "' in '" + text + "' is not written in the language");
        }
    }

    /**
     * The value that wrote this.
     *
     * @param words the class of the words
     * @throws IllegalArgumentException when it is not written in the language, or with words that are not known
     */
    static Object read(String text, Class<?> words) {
        Language language = new Language(text, words);
        return language.finish(language.calls(language.call(null, words)));
    }

    /** What the calls in the text, which begins with a dot or is empty, make of a value. */
    static Object continued(Object value, String text, Class<?> words) {
        Language language = new Language(text, words);
        return language.finish(language.calls(new Typed(value, value.getClass())));
    }

    private Object finish(Typed result) {
        require(next == tokens.size(), "it goes on after its end");
        return result.value;
    }

    private Typed calls(Typed start) {
        Typed result = start;
        while (isNext(".")) {
            next++;
            result = call(result.value, result.type);
        }
        return result;
    }

    private Typed call(Object target, Class<?> type) {
        String name = take();
        require(take().equals("("), "a bracket is missing after " + name);
        List<Object> arguments = new ArrayList<>();
        while (!isNext(")")) {
            arguments.add(argument());
            require(isNext(")") || take().equals(",") && !isNext(")"), "a comma or bracket is missing");
        }
        next++;
        Method method = Stream.of(type.getMethods())
                .filter(each -> each.getName().equals(name) && describes(each) && takes(each, arguments))
                .min(Comparator.comparing(Method::isVarArgs))
                .orElseThrow(() -> new IllegalArgumentException("there is no word " + name + " that takes " + arguments + ", as in '"
                        + text + "'"));
        try {
            return new Typed(method.invoke(target, passed(method, arguments)), method.getReturnType());
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("'" + text + "': " + e.getCause().getMessage(), e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError("words are public", e);
        }
    }

    private Object argument() {
        String token = tokens.get(next);
        if (token.startsWith("\"")) {
            next++;
            return token.substring(1, token.length() - 1);
        }
        if (token.matches("-?\\d.*")) {
            next++;
            return token.matches("-?\\d+") ? (Object) Long.valueOf(token) : Double.valueOf(token);
        }
        return calls(call(null, words)).value;
    }

    private static boolean describes(Method method) {
        return method.getReturnType() == Blueprint.class || OF_RECIPES.contains(method.getReturnType().getPackageName());
    }

    private static boolean takes(Method method, List<Object> arguments) {
        Class<?>[] types = method.getParameterTypes();
        int fixed = method.isVarArgs() ? types.length - 1 : types.length;
        return (method.isVarArgs() ? arguments.size() >= fixed : arguments.size() == fixed)
                && IntStream.range(0, arguments.size()).allMatch(i ->
                        takes(i < fixed ? types[i] : types[fixed].getComponentType(), arguments.get(i)));
    }

    private static boolean takes(Class<?> type, Object argument) {
        return type == double.class ? argument instanceof Number
                : type == int.class || type == long.class ? argument instanceof Long
                : type.isInstance(argument);
    }

    private static Object[] passed(Method method, List<Object> arguments) {
        Class<?>[] types = method.getParameterTypes();
        int fixed = method.isVarArgs() ? types.length - 1 : types.length;
        Object[] passed = new Object[types.length];
        for (int i = 0; i < fixed; i++) {
            passed[i] = as(types[i], arguments.get(i));
        }
        if (method.isVarArgs()) {
            Class<?> type = types[fixed].getComponentType();
            passed[fixed] = Array.newInstance(type, arguments.size() - fixed);
            for (int i = fixed; i < arguments.size(); i++) {
                Array.set(passed[fixed], i - fixed, as(type, arguments.get(i)));
            }
        }
        return passed;
    }

    private static Object as(Class<?> type, Object argument) {
        return type == int.class ? (Object) Math.toIntExact((Long) argument)
                : type == double.class ? (Object) ((Number) argument).doubleValue()
                : argument;
    }

    private boolean isNext(String token) {
        require(next < tokens.size() || token.equals("."), "it ends too early");
        return next < tokens.size() && tokens.get(next).equals(token);
    }

    private String take() {
        require(next < tokens.size(), "it ends too early");
        return tokens.get(next++);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("'" + text + "' is not written in the language: " + otherwise);
        }
    }
}
