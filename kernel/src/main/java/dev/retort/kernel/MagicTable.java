package dev.retort.kernel;

import java.util.List;
import dev.retort.kernel.Magics.Magic;

/** The kernel's own magics. */
record MagicTable(Kernel kernel, Magics all) {

    List<Magic> magics() {
        return List.of();
    }
}
