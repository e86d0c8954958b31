package dev.retort.kernel.maven;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The text of a POM, made whole where only fragments of one were pasted. */
final class Pom {
    private static final Pattern DEPENDENCY = element("dependency");
    private static final Pattern REPOSITORY = element("repository");
    private static final Pattern MANAGEMENT = element("dependencyManagement");
    private static final Pattern PROPERTIES = element("properties");

    private Pom() {
    }

    /** @throws IllegalArgumentException if the text names no dependency */
    static String complete(String text) {
        if (text.contains("<project")) {
            return text;
        }
        String loose = MANAGEMENT.matcher(text).replaceAll("");
        List<String> dependencies = all(DEPENDENCY, loose);
        if (dependencies.isEmpty()) {
            throw new IllegalArgumentException("no <dependency> in the POM");
        }
        return """
                <project>
                <modelVersion>4.0.0</modelVersion><groupId>cells</groupId><artifactId>cells</artifactId><version>1</version>
                %s%s<repositories>%s</repositories><dependencies>%s</dependencies>
                </project>
                """.formatted(join(all(PROPERTIES, text)), join(all(MANAGEMENT, text)), join(all(REPOSITORY, loose)),
                join(dependencies));
    }

    private static Pattern element(String name) {
        return Pattern.compile("<" + name + ">.*?</" + name + ">", Pattern.DOTALL);
    }

    private static List<String> all(Pattern element, String text) {
        return element.matcher(text).results().map(MatchResult::group).toList();
    }

    private static String join(List<String> elements) {
        return elements.stream().collect(Collectors.joining("\n"));
    }
}
