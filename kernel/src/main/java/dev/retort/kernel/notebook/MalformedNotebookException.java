package dev.retort.kernel.notebook;

import java.io.IOException;

/** A file is not a notebook that Retort can run; the message is one line that says why. */
public final class MalformedNotebookException extends IOException {
    MalformedNotebookException(String message) {
        super(message);
    }
}
