package dev.retort.kernel.assist;

/** What a name means, with its documentation: to read in a terminal, and as HTML. */
public record Explanation(String text, String html) {
}
