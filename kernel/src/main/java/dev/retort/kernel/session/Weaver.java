package dev.retort.kernel.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Puts {@link Stop}'s check into a class: at the entry of each method and before each jump backwards. The check takes nothing
 * from the stack and leaves nothing there, so the frames of the class file stay true and none is computed anew.
 */
final class Weaver {
    private static final int API = Opcodes.ASM9;
    private static final String STOP = Type.getInternalName(Stop.class);
    private static final Handle BOOTSTRAP = new Handle(Opcodes.H_INVOKESTATIC, STOP, "bootstrap",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;",
            false);

    private Weaver() {
    }

    /** The class, open to other cells and {@linkplain ExitGuard guarded}, with the checks; without if they make a method too large. */
    static byte[] weave(byte[] bytecode) {
        ClassReader reader = new ClassReader(bytecode);
        try {
            return through(reader, writer -> new WovenClass(new ExitGuard(writer)));
        } catch (MethodTooLargeException e) {
            return through(reader, ExitGuard::new);
        }
    }

    /** Loads what weaving takes: its classes are too old for the JVM's archive. */
    static void warmUp() {
        try (InputStream any = Stop.class.getResourceAsStream("Stop.class")) {
            weave(any.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] through(ClassReader reader, UnaryOperator<ClassVisitor> change) {
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new PublicClass(API, change.apply(writer)), 0);
        return writer.toByteArray();
    }

    private static final class WovenClass extends ClassVisitor {
        WovenClass(ClassVisitor next) {
            super(API, next);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
            // A static initializer that throws makes its class unusable for good: only its loops are stopped.
            boolean atEntry = !name.equals("<clinit>");
            return new WovenMethod(super.visitMethod(access, name, descriptor, signature, exceptions), atEntry);
        }
    }

    private static final class WovenMethod extends MethodVisitor {
        private final boolean atEntry;
        private final Set<Label> passed = new HashSet<>();

        WovenMethod(MethodVisitor next, boolean atEntry) {
            super(API, next);
            this.atEntry = atEntry;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            if (atEntry) {
                check();
            }
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            checkIfBackwards(Stream.of(label));
            super.visitJumpInsn(opcode, label);
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
            checkIfBackwards(Stream.concat(Stream.of(other), Stream.of(labels)));
            super.visitTableSwitchInsn(min, max, other, labels);
        }

        @Override
        public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
            checkIfBackwards(Stream.concat(Stream.of(other), Stream.of(labels)));
            super.visitLookupSwitchInsn(other, keys, labels);
        }

        private void checkIfBackwards(Stream<Label> targets) {
            if (targets.anyMatch(passed::contains)) {
                check();
            }
        }

        private void check() {
            super.visitInvokeDynamicInsn("check", "()V", BOOTSTRAP);
        }
    }
}
