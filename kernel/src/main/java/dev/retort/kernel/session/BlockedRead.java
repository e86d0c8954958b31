package dev.retort.kernel.session;

import java.util.Arrays;
import java.util.Set;

/** Tells threads that wait for another machine or process: these streams do so deaf to interrupts. */
final class BlockedRead {
    private static final Set<String> DEAF = Set.of("sun.nio.ch.NioSocketImpl", "java.io.FileInputStream");
    /** The native method that waits is called by these. */
    private static final int FRAMES = 4;

    private BlockedRead() {
    }

    static boolean blocks(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        return frames.length > 0 && frames[0].isNativeMethod()
                && Arrays.stream(frames).limit(FRAMES).anyMatch(frame -> DEAF.contains(frame.getClassName()));
    }
}
