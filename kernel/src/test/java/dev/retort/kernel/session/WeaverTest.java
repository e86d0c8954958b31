package dev.retort.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class WeaverTest {

    @Test
    void wovenLoopCountsAsBefore() throws Exception {
        assertThat(define(Weaver.weave(loop(0))).applyAsInt(1_000)).isEqualTo(1_000);
    }

    @Test
    void armedThreadIsStoppedAndAnotherIsNot() throws Exception {
        IntUnaryOperator loop = define(Weaver.weave(loop(0)));
        Thread other = new Thread(LockSupport::park);
        other.start();
        Stop.arm(Set.of(other));
        try {
            assertThat(loop.applyAsInt(10)).isEqualTo(10);
            Stop.arm(Set.of(Thread.currentThread()));
            assertThat(stops(loop)).isTrue();
            Stop.disarm(Set.of(Thread.currentThread()));
            assertThat(loop.applyAsInt(10)).isEqualTo(10);
        } finally {
            Stop.disarm(Set.of(Thread.currentThread()));
            Stop.disarm(Set.of(other));
            LockSupport.unpark(other);
        }
    }

    @Test
    void methodThatWouldGrowTooLargeGetsNoChecks() throws Exception {
        IntUnaryOperator large = define(Weaver.weave(loop(65_520)));
        Stop.arm(Set.of(Thread.currentThread()));
        try {
            assertThat(large.applyAsInt(3)).isEqualTo(3);
        } finally {
            Stop.disarm(Set.of(Thread.currentThread()));
        }
    }

    private static boolean stops(IntUnaryOperator loop) {
        try {
            loop.applyAsInt(10);
            return false;
        } catch (Stop.Stopped e) {
            return true;
        }
    }

    private static IntUnaryOperator define(byte[] bytecode) throws Exception {
        ClassLoader loader = new ClassLoader(WeaverTest.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) {
                return defineClass(name, bytecode, 0, bytecode.length);
            }
        };
        return (IntUnaryOperator) loader.loadClass("Counter").getConstructor().newInstance();
    }

    /** A class that counts up to its argument in a loop, after {@code padding} bytes of code that do nothing. */
    private static byte[] loop(int padding) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES | ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Counter", null, "java/lang/Object",
                new String[] {"java/util/function/IntUnaryOperator"});
        MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(0, 0);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "applyAsInt", "(I)I", null, null);
        method.visitCode();
        for (int i = 0; i < padding; i++) {
            method.visitInsn(Opcodes.NOP);
        }
        Label again = new Label();
        method.visitInsn(Opcodes.ICONST_0);
        method.visitVarInsn(Opcodes.ISTORE, 2);
        method.visitLabel(again);
        method.visitIincInsn(2, 1);
        method.visitVarInsn(Opcodes.ILOAD, 2);
        method.visitVarInsn(Opcodes.ILOAD, 1);
        method.visitJumpInsn(Opcodes.IF_ICMPLT, again);
        method.visitVarInsn(Opcodes.ILOAD, 2);
        method.visitInsn(Opcodes.IRETURN);
        method.visitMaxs(0, 0);
        return writer.toByteArray();
    }
}
