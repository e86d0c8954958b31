package dev.retort.kernel.session;

import java.util.Arrays;
import java.util.Set;

/** Tells threads that wait for another machine or process: Java's older streams do so deaf to interrupts. */
final class BlockedRead {
    private static final Set<String> DEAF = Set.of("sun.nio.ch.NioSocketImpl", "java.lang.ProcessImpl$ProcessPipeInputStream",
            "java.lang.Process$PipeInputStream", "java.lang.ProcessInputStream");
    /** A buffered reader on such a stream is about ten frames high. */
    private static final int FRAMES = 20;

    private BlockedRead() {
    }

    static boolean blocks(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        return frames.length > 0 && frames[0].isNativeMethod()
                && Arrays.stream(frames).limit(FRAMES).anyMatch(frame -> DEAF.contains(frame.getClassName()));
    }
}
