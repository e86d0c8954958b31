package dev.retort.kernel.session;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;

/**
 * The classes that JShell wraps around snippets. Each is defined, with those in it, by a loader of its own, so that it can be
 * unloaded when its snippet was declared anew or ran to its end, and nothing holds an object of it.
 */
final class Wrappers extends ClassLoader {
    /** How JShell names a wrapper. */
    static final Pattern NAME = Pattern.compile("REPL\\.\\$JShell\\$\\w+");

    static {
        registerAsParallelCapable();
    }

    private final Map<String, Wrapper> live = new ConcurrentHashMap<>();
    private final Map<String, Forgotten> forgotten = new ConcurrentHashMap<>();
    private final ReferenceQueue<Wrapper> collected = new ReferenceQueue<>();
    private final Consumer<String> unloaded;

    /** @param unloaded is told the names of wrappers that are gone */
    Wrappers(ClassLoader libraries, Consumer<String> unloaded) {
        super("cells", libraries);
        this.unloaded = unloaded;
    }

    void add(ClassBytecodes compiled) {
        live.computeIfAbsent(wrapper(compiled.name()), name -> new Wrapper(name, this)).add(compiled);
    }

    /** Lets a wrapper go as soon as nothing uses it. */
    void forget(String name) {
        Wrapper wrapper = live.remove(name);
        if (wrapper != null) {
            forgotten.put(name, new Forgotten(wrapper, collected));
        }
        for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
            String unused = ((Forgotten) gone).name;
            forgotten.remove(unused, gone);
            unloaded.accept(unused);
        }
    }

    /** No library has a class of a wrapper: to ask would open every jar. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        Wrapper wrapper = find(wrapper(name));
        return wrapper == null ? super.loadClass(name, resolve) : wrapper.own(name);
    }

    private Wrapper find(String name) {
        Wrapper wrapper = live.get(name);
        Forgotten reference = wrapper == null ? forgotten.get(name) : null;
        return reference == null ? wrapper : reference.get();
    }

    /** The wrapper that a class is or is in; of any other class its name. */
    private static String wrapper(String className) {
        Matcher matcher = NAME.matcher(className);
        return matcher.lookingAt() ? matcher.group() : className;
    }

    private static final class Forgotten extends WeakReference<Wrapper> {
        private final String name;

        Forgotten(Wrapper wrapper, ReferenceQueue<Wrapper> queue) {
            super(wrapper, queue);
            name = wrapper.getName();
        }
    }

    private static final class Wrapper extends ClassLoader {
        static {
            registerAsParallelCapable();
        }

        private final Wrappers all;
        private final Map<String, byte[]> compiled = new ConcurrentHashMap<>();
        /** What its code names it may come to use. */
        private final Set<Wrapper> named = ConcurrentHashMap.newKeySet();

        Wrapper(String name, Wrappers all) {
            super(name, all);
            this.all = all;
        }

        void add(ClassBytecodes each) {
            compiled.put(each.name(), each.bytecodes());
            for (String name : ClassNames.in(each.bytecodes())) {
                Wrapper other = all.find(wrapper(name));
                if (other != null && other != this) {
                    named.add(other);
                }
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return wrapper(name).equals(getName()) ? own(name) : super.loadClass(name, resolve);
        }

        Class<?> own(String name) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                byte[] bytecode = compiled.remove(name);
                if (bytecode == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] woven = Weaver.weave(bytecode);
                return defineClass(name, woven, 0, woven.length);
            }
        }
    }
}
