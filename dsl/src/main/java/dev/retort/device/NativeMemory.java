package dev.retort.device;

import com.sun.jna.NativeLibrary;

/**
 * Lets glibc keep freed memory instead of returning it to the system: a training step frees and takes the same large
 * tensors each time, and getting fresh pages for them took a third of the processor time.
 */
final class NativeMemory {
    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_MMAP_THRESHOLD = -3;
    private static final int LARGE = 1 << 30;

    private NativeMemory() {
    }

    /** Does nothing where the C library is another one. */
    static void keepFreed() {
        try {
            var mallopt = NativeLibrary.getInstance("c").getFunction("mallopt");
            mallopt.invokeInt(new Object[] {M_MMAP_THRESHOLD, LARGE});
            mallopt.invokeInt(new Object[] {M_TRIM_THRESHOLD, LARGE});
        } catch (UnsatisfiedLinkError e) {
            // Not glibc; only speed is at stake.
        }
    }
}
