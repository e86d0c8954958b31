package dev.retort.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * {@code System.out}, {@code err} and {@code in} of cells. Threads that a cell starts go on printing to that cell's front end
 * when the next cell runs.
 */
final class CellStreams implements AutoCloseable {
    private static final long GATHER_MILLIS = 20;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final InputStream in = System.in;
    private final PrintStream cellOut = print("stdout");
    private final PrintStream cellErr = print("stderr");
    private final InputStream cellIn = new Answers();
    private final InheritableThreadLocal<Frontend> own = new InheritableThreadLocal<>();
    private final BlockingQueue<Frontend> printed = new LinkedBlockingQueue<>();
    private final Thread flusher = new Thread(this::flushNowAndThen, "output");
    private volatile Frontend latest;

    /** @param startup is written to until a cell runs */
    CellStreams(Frontend startup) {
        latest = startup;
        install();
        flusher.setDaemon(true);
        flusher.start();
    }

    /** Makes these the process's streams, again where a cell has put others in their place. */
    void install() {
        System.setOut(cellOut);
        System.setErr(cellErr);
        System.setIn(cellIn);
    }

    /** The calling thread, and threads that it starts, use this front end; those that have none of their own, too, for now. */
    void adopt(Frontend frontend) {
        own.set(frontend);
        latest = frontend;
    }

    /** Sends an output to the front end of the calling thread. */
    void emit(Consumer<Outputs> output) {
        frontend().emit(output);
    }

    /** Asks the front end of the calling thread. */
    String ask(String prompt, boolean password) throws IOException {
        return frontend().ask(prompt, password);
    }

    @Override
    public void close() {
        flusher.interrupt();
        latest.flush();
        System.setOut(out);
        System.setErr(err);
        System.setIn(in);
    }

    private Frontend frontend() {
        Frontend kept = own.get();
        return kept == null ? latest : kept;
    }

    private void gather(String name, CharSequence text) {
        Frontend frontend = frontend();
        if (text.length() > 0 && frontend.print(name, text)) {
            printed.add(frontend);
        }
    }

    private void flushNowAndThen() {
        List<Frontend> due = new ArrayList<>();
        try {
            while (true) {
                due.add(printed.take());
                Thread.sleep(GATHER_MILLIS);
                printed.drainTo(due);
                due.forEach(Frontend::flush);
                due.clear();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
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

    /** What users answer, each to the cell that asks. */
    private final class Answers extends InputStream {
        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return frontend().read(bytes, offset, length);
        }

        @Override
        public int available() {
            return frontend().available();
        }
    }
}
