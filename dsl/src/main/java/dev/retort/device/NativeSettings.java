package dev.retort.device;

import com.sun.jna.NativeLibrary;

/** What the C libraries under libtorch are told before it is loaded. Each only concerns speed, and does nothing where the library is another. */
final class NativeSettings {
    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_MMAP_THRESHOLD = -3;
    private static final int LARGE = 1 << 30;

    private NativeSettings() {
    }

    static void apply() {
        try {
            NativeLibrary libc = NativeLibrary.getInstance("c");
            spinBriefly(libc);
            keepFreedMemory(libc);
            Cores.assign(libc);
        } catch (UnsatisfiedLinkError e) {
            // Not a Unix with these functions.
        }
    }

    /**
     * OpenMP's threads spin while they wait for each other, for milliseconds unless told otherwise; beside another busy process
     * that makes training up to eight times slower. Of cnn(8, 16), five thousand turns keep 26,000 of 28,000 rows a second, and
     * 8,000 beside such a process instead of the 6,000 of twice as many turns; a thousand keep but half of the first. What the
     * user set stays.
     */
    private static void spinBriefly(NativeLibrary libc) {
        int onlyIfUnset = 0;
        libc.getFunction("setenv").invokeInt(new Object[] {"GOMP_SPINCOUNT", "5000", onlyIfUnset});
    }

    /**
     * A training step frees and takes the same large tensors each time; getting fresh pages for them from the system took a
     * third of the processor time.
     */
    private static void keepFreedMemory(NativeLibrary libc) {
        libc.getFunction("mallopt").invokeInt(new Object[] {M_MMAP_THRESHOLD, LARGE});
        libc.getFunction("mallopt").invokeInt(new Object[] {M_TRIM_THRESHOLD, LARGE});
    }
}
