package dev.retort.kernel.session;

import java.util.Arrays;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Turns calls of {@link System#exit}, {@link Runtime#exit} and {@link Runtime#halt}, and references to them, into those of
 * {@link Stop#exit}: they end the cell and not the kernel.
 */
final class ExitGuard extends ClassVisitor {
    private static final int API = Opcodes.ASM9;
    private static final int METHOD_CONSTANT = 10;
    private static final String SYSTEM = Type.getInternalName(System.class);
    private static final String RUNTIME = Type.getInternalName(Runtime.class);
    private static final String STOP = Type.getInternalName(Stop.class);

    ExitGuard(ClassVisitor next) {
        super(API, next);
    }

    /** The class file with such calls turned, or null if it has none. */
    static byte[] guard(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        if (!mayExit(reader)) {
            return null;
        }
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new ExitGuard(writer), 0);
        return writer.toByteArray();
    }

    private static boolean mayExit(ClassReader reader) {
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            int constant = reader.getItem(i); // 0 in the second half of a long or double.
            if (constant > 0 && reader.readByte(constant - 1) == METHOD_CONSTANT) {
                int nameAndType = reader.getItem(reader.readUnsignedShort(constant + 2));
                if (ends(reader.readClass(constant, buffer), reader.readUTF8(nameAndType, buffer))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean ends(String owner, String method) {
        return owner.equals(SYSTEM) && method.equals("exit")
                || owner.equals(RUNTIME) && (method.equals("exit") || method.equals("halt"));
    }

    private static String descriptor(String owner) {
        return owner.equals(SYSTEM) ? "(I)V" : "(L" + RUNTIME + ";I)V";
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
        return new MethodVisitor(API, super.visitMethod(access, name, descriptor, signature, exceptions)) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
                if (ends(owner, name)) {
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, STOP, "exit", descriptor(owner), false);
                } else {
                    super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
                }
            }

            @Override
            public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
                super.visitInvokeDynamicInsn(name, descriptor, bootstrap, Arrays.stream(arguments).map(this::guarded).toArray());
            }

            private Object guarded(Object argument) {
                return argument instanceof Handle handle && ends(handle.getOwner(), handle.getName())
                        ? new Handle(Opcodes.H_INVOKESTATIC, STOP, "exit", descriptor(handle.getOwner()), false) : argument;
            }
        };
    }
}
