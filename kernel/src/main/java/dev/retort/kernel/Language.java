package dev.retort.kernel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The language of the cells, as front ends and notebook files are told of it. */
public final class Language {
    private Language() {
    }

    /** What {@code kernel_info_reply} and a notebook's metadata call {@code language_info}. */
    public static ObjectNode info() {
        return JsonNodeFactory.instance.objectNode()
            .put("codemirror_mode", "java")
            .put("file_extension", ".jshell")
            .put("mimetype", "text/x-java-source")
            .put("name", "java")
            .put("pygments_lexer", "java")
            .put("version", System.getProperty("java.version"));
    }
}
