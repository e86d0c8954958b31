package dev.retort.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What processor this is. */
public final class Processor {
    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
    private static final boolean IS_WIDER_THAN_MKL = isAmdWithAvx512();

    private Processor() {
    }

    /**
     * Whether MKL, which libtorch multiplies matrices with, uses half of its width: on AMD's processors it stays with AVX2 where there is
     * AVX-512. As far as Linux tells; elsewhere never.
     */
    public static boolean isWiderThanMkl() {
        return IS_WIDER_THAN_MKL;
    }

    private static boolean isAmdWithAvx512() {
        try {
            String description = Files.readString(DESCRIPTION);
            return description.contains("AuthenticAMD") && description.contains("avx512f");
        } catch (IOException e) {
            return false;
        }
    }
}
