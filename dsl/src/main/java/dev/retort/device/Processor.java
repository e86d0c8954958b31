package dev.retort.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What processor this is, as far as Linux tells; elsewhere it is taken for one with none of this. */
public final class Processor {
    private static final boolean HAS_AVX512;
    private static final boolean IS_WIDER_THAN_MKL;

    static {
        String description = description();
        HAS_AVX512 = description.contains("avx512f");
        IS_WIDER_THAN_MKL = HAS_AVX512 && description.contains("AuthenticAMD");
    }

    private Processor() {
    }

    /** Whether it calculates with 512 bits at a time. */
    public static boolean hasAvx512() {
        return HAS_AVX512;
    }

    /**
     * Whether MKL, which libtorch multiplies matrices with, uses half of its width: on AMD's processors it stays with AVX2 where there is
     * AVX-512.
     */
    public static boolean isWiderThanMkl() {
        return IS_WIDER_THAN_MKL;
    }

    private static String description() {
        try {
            return Files.readString(Path.of("/proc/cpuinfo"));
        } catch (IOException e) {
            return "";
        }
    }
}
