package dev.retort.kernel.maven;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;

/** Tells what is being downloaded, if it takes more than a second. */
final class Downloads extends AbstractTransferListener {
    private static final long PATIENCE_NANOS = 1_000_000_000;
    private static final long INTERVAL_NANOS = 300_000_000;
    private static final double MEGABYTE = 1e6;

    private final Consumer<String> progress;
    private final LongSupplier clock;
    private final long start;
    private final Map<String, Long> bytes = new ConcurrentHashMap<>();
    private long told;

    /** @param progress is told the same line again and again, each time newer */
    Downloads(Consumer<String> progress) {
        this(progress, System::nanoTime);
    }

    /** @param clock tells nanoseconds */
    Downloads(Consumer<String> progress, LongSupplier clock) {
        this.progress = progress;
        this.clock = clock;
        start = clock.getAsLong();
        told = start + PATIENCE_NANOS - INTERVAL_NANOS;
    }

    @Override
    public void transferProgressed(TransferEvent event) {
        String name = event.getResource().getResourceName();
        bytes.put(name, event.getTransferredBytes());
        if (isDue()) {
            long length = event.getResource().getContentLength();
            progress.accept("downloading %s%s".formatted(name.substring(name.lastIndexOf('/') + 1), length <= 0 ? ""
                    : String.format(Locale.ROOT, " (%.1f of %.1f MB)", event.getTransferredBytes() / MEGABYTE, length / MEGABYTE)));
        }
    }

    private synchronized boolean isDue() {
        long now = clock.getAsLong();
        boolean due = now - told > INTERVAL_NANOS;
        told = due ? now : told;
        return due;
    }

    /** Says what was downloaded, if there was time to tell of it. */
    void finish() {
        long now = clock.getAsLong();
        if (!bytes.isEmpty() && now - start > PATIENCE_NANOS) {
            double megabytes = bytes.values().stream().mapToLong(Long::longValue).sum() / MEGABYTE;
            progress.accept(String.format(Locale.ROOT, "downloaded %.1f MB in %.0f s", megabytes, (now - start) / 1e9));
        }
    }
}
