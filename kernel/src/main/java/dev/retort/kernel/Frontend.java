package dev.retort.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The two ends of the conversation with whoever runs a cell. Text is gathered for a moment, so that a flood of lines becomes a
 * stream of messages and not as many messages; other outputs come after the text printed before them.
 */
final class Frontend {
    private static final int GATHER_CHARS = 1 << 16;

    private final Outputs outputs;
    private final Input input;
    private final StringBuilder gathered = new StringBuilder();
    private String gatheredName;
    private ByteBuffer line = ByteBuffer.allocate(0);

    Frontend(Outputs outputs, Input input) {
        this.outputs = outputs;
        this.input = input;
    }

    /**
     * Gathers text, after it has waited for the front end if that is far behind.
     *
     * @return whether there was none: it must be flushed soon
     */
    boolean print(String name, CharSequence text) {
        awaitRoom();
        synchronized (this) {
            if (!name.equals(gatheredName)) {
                flush();
                gatheredName = name;
            }
            gathered.append(text);
            if (gathered.length() >= GATHER_CHARS) {
                flush();
                return false;
            }
            return gathered.length() == text.length();
        }
    }

    /** Sends an output, after it has waited for the front end if that is far behind. */
    void emit(Consumer<Outputs> output) {
        awaitRoom();
        synchronized (this) {
            flush();
            output.accept(outputs);
        }
    }

    /** Sends the text gathered so far. */
    synchronized void flush() {
        if (gathered.length() > 0) {
            String text = gathered.toString();
            gathered.setLength(0);
            outputs.stream(gatheredName, text);
        }
    }

    /** Reads of the line that the user answers, after asking for one if none is left; gives the number of bytes. */
    int read(byte[] bytes, int offset, int length) {
        if (length > 0 && !line.hasRemaining()) {
            line = StandardCharsets.UTF_8.encode(answer() + "\n");
        }
        int count = Math.min(length, line.remaining());
        line.get(bytes, offset, count);
        return count;
    }

    /** Asks for a line, after the text printed before. */
    String ask(String prompt, boolean password) throws IOException {
        flush();
        return input.ask(prompt, password);
    }

    /** How many bytes can be read without asking. */
    int available() {
        return line.remaining();
    }

    private String answer() {
        try {
            return ask("", false);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e); // A Scanner would take an IOException for the end of input.
        }
    }

    private void awaitRoom() {
        try {
            outputs.awaitRoom();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The cell is to stop: what it still says is sent all the same.
        }
    }
}
