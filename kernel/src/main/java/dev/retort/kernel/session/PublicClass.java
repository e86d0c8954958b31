package dev.retort.kernel.session;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes public what is not private in a class. The compiler has all cells in one package; for the JVM classes of different
 * loaders never are, and {@link Wrappers} gives each wrapper a loader of its own. For the same reason a sealed type is no longer
 * sealed at run time: what it permits may stand in another cell. The compiler has checked both.
 */
final class PublicClass extends ClassVisitor {
    PublicClass(int api, ClassVisitor next) {
        super(api, next);
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        super.visit(version, opened(access), name, signature, superName, interfaces);
    }

    @Override
    public void visitInnerClass(String name, String outerName, String innerName, int access) {
        super.visitInnerClass(name, outerName, innerName, opened(access));
    }

    @Override
    public void visitPermittedSubclass(String subclass) {
        // Not passed on.
    }

    @Override
    public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
        return super.visitField(opened(access), name, descriptor, signature, value);
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
        // A static initializer has no access that counts.
        int opened = name.equals("<clinit>") ? access : opened(access);
        return super.visitMethod(opened, name, descriptor, signature, exceptions);
    }

    private static int opened(int access) {
        return (access & Opcodes.ACC_PRIVATE) != 0 ? access : access & ~Opcodes.ACC_PROTECTED | Opcodes.ACC_PUBLIC;
    }
}
