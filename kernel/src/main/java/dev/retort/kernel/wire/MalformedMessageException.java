package dev.retort.kernel.wire;

/** What came over a socket is not a message that may be acted upon. */
final class MalformedMessageException extends Exception {
    MalformedMessageException(String message) {
        super(message, null, false, false);
    }
}
