package dev.retort.kernel.cli;

/** A command cannot do what it was asked for; the message is one line for the user. */
final class CommandException extends RuntimeException {
    CommandException(String message) {
        super(message);
    }
}
