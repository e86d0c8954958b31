package dev.retort.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * {@code System.out}, {@code err} and {@code in} of cells. Text is gathered for a moment, so that a flood of lines becomes a
 * stream of messages and not as many messages; displays and results come after the text printed before them.
 *
 * <p>Threads that a cell starts go on printing to that cell's front end when the next cell runs.
 */
final class CellStreams implements AutoCloseable {
    private static final long GATHER_MILLIS = 30;
    private static final int GATHER_CHARS = 1 << 16;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final InputStream in = System.in;
    private final InheritableThreadLocal<Frontend> own = new InheritableThreadLocal<>();
    private final StringBuilder gathered = new StringBuilder();
    private final Thread flusher = new Thread(this::flushNowAndThen, "output");
    private volatile Frontend current;
    private Frontend gatheredFor;
    private String gatheredName;

    /** @param initial is written to until a cell runs */
    CellStreams(Frontend initial) {
        current = initial;
        System.setOut(print("stdout"));
        System.setErr(print("stderr"));
        System.setIn(new Lines());
        flusher.setDaemon(true);
        flusher.start();
    }

    /** From now on threads without a front end of their own use this one. */
    void use(Frontend frontend) {
        current = frontend;
    }

    /** The calling thread, and threads that it starts, keep the present front end. */
    void adopt() {
        own.set(current);
    }

    /** Sends an output to the front end of the calling thread, after the text printed before. */
    synchronized void emit(Consumer<Outputs> output) {
        flush();
        output.accept(frontend().outputs());
    }

    /** Sends the text gathered so far. */
    synchronized void flush() {
        if (gathered.length() > 0) {
            String text = gathered.toString();
            gathered.setLength(0);
            gatheredFor.outputs().stream(gatheredName, text);
        }
    }

    @Override
    public void close() {
        flusher.interrupt();
        flush();
        System.setOut(out);
        System.setErr(err);
        System.setIn(in);
    }

    private Frontend frontend() {
        Frontend kept = own.get();
        return kept == null ? current : kept;
    }

    private synchronized void gather(String name, CharSequence text) {
        Frontend frontend = frontend();
        if (frontend != gatheredFor || !name.equals(gatheredName)) {
            flush();
            gatheredFor = frontend;
            gatheredName = name;
        }
        if (gathered.length() == 0) {
            notifyAll();
        }
        gathered.append(text);
        if (gathered.length() >= GATHER_CHARS) {
            flush();
        }
    }

    private void flushNowAndThen() {
        try {
            while (true) {
                awaitText();
                Thread.sleep(GATHER_MILLIS);
                flush();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitText() throws InterruptedException {
        while (gathered.length() == 0) {
            wait();
        }
    }

    private PrintStream print(String name) {
        return new PrintStream(new Text(name), false, StandardCharsets.UTF_8) {
            @Override
            public void close() {
                flush(); // A cell may close its output; the next one prints all the same.
            }
        };
    }

    /** Turns bytes into text; a character may come in several pieces. */
    private final class Text extends OutputStream {
        private final String name;
        private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private ByteBuffer rest = ByteBuffer.allocate(0);

        Text(String name) {
            this.name = name;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            ByteBuffer input = ByteBuffer.allocate(rest.remaining() + length).put(rest).put(bytes, offset, length).flip();
            CharBuffer text = CharBuffer.allocate(input.remaining());
            decoder.decode(input, text, false);
            rest = input;
            gather(name, text.flip());
        }
    }

    /** The lines that a front end answers with. */
    private final class Lines extends InputStream {
        private ByteBuffer line = ByteBuffer.allocate(0);

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public synchronized int read(byte[] bytes, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!line.hasRemaining()) {
                CellStreams.this.flush();
                line = StandardCharsets.UTF_8.encode(answer() + "\n");
            }
            int count = Math.min(length, line.remaining());
            line.get(bytes, offset, count);
            return count;
        }

        private String answer() {
            try {
                return frontend().input().ask("", false);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e); // A Scanner would take an IOException for the end of input.
            }
        }

        @Override
        public synchronized int available() {
            return line.remaining();
        }
    }
}
