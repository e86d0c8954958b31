package dev.retort.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What processor this is, as far as Linux tells; elsewhere it is taken for one with none of this. */
public final class Processor {
    private static final String DESCRIPTION = description();

    private Processor() {
    }

    /** Whether it calculates with 512 bits at a time. */
    public static boolean hasAvx512() {
        return DESCRIPTION.contains("avx512f");
    }

    /**
     * Whether MKL, which libtorch multiplies matrices with, uses half of its width: on AMD's processors it stays with AVX2 where there is
     * AVX-512.
     */
    public static boolean isWiderThanMkl() {
        return hasAvx512() && DESCRIPTION.contains("AuthenticAMD");
    }

    private static String description() {
        try {
            return Files.readString(Path.of("/proc/cpuinfo"));
        } catch (IOException e) {
            return "";
        }
    }
}
