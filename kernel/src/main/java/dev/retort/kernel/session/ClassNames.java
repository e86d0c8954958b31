package dev.retort.kernel.session;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;

/** The classes that a class file names. */
final class ClassNames {
    private static final int CLASS_CONSTANT = 7;

    private ClassNames() {
    }

    static Set<String> in(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        char[] buffer = new char[reader.getMaxStringLength()];
        Set<String> names = new HashSet<>();
        for (int i = 1; i < reader.getItemCount(); i++) {
            int constant = reader.getItem(i); // 0 in the second half of a long or double.
            if (constant > 0 && reader.readByte(constant - 1) == CLASS_CONSTANT) {
                names.add(reader.readUTF8(constant, buffer).replace('/', '.'));
            }
        }
        return names;
    }
}
