package dev.retort.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What processor this is. */
public final class Processor {
    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
    private static final boolean AMD = isDescribedAs("AuthenticAMD");

    private Processor() {
    }

    /** Whether it is AMD's, as far as Linux tells; elsewhere never. MKL, which libtorch multiplies matrices with, does not use all of it. */
    public static boolean isAmd() {
        return AMD;
    }

    private static boolean isDescribedAs(String vendor) {
        try {
            return Files.readString(DESCRIPTION).contains(vendor);
        } catch (IOException e) {
            return false;
        }
    }
}
