package dev.retort.kernel.assist;

/** What a name means, with its documentation: to read in a terminal, and as HTML. */
public record Explanation(String text, String html) {
    /**
     * Of what is no Java.
     *
     * @param signature   how it is written
     * @param description what it is
     */
    public static Explanation of(String signature, String description) {
        return new Explanation(signature + "\n\n" + description,
                "<pre>" + DocHtml.escape(signature) + "</pre><p>" + DocHtml.escape(description) + "</p>");
    }
}
