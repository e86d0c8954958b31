package dev.retort.kernel.assist;

import com.sun.source.doctree.DocCommentTree;
import dev.retort.kernel.assist.SourceFile.Declaration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Signatures of declarations, with their documentation where sources are at hand. */
final class Documentation {
    private final Analysis analysis;
    private final Surroundings surroundings;
    private final Sources sources;
    private final Signatures signatures;

    Documentation(Analysis analysis, Surroundings surroundings, Sources sources) {
        this.analysis = analysis;
        this.surroundings = surroundings;
        this.sources = sources;
        this.signatures = new Signatures(analysis.types());
    }

    /** The first declaration of a meaning in full, of the others what they are in a sentence. */
    Explanation of(Meaning meaning, boolean withSource) {
        StringBuilder html = new StringBuilder();
        Set<String> seen = new HashSet<>();
        for (Element element : meaning.elements()) {
            Declaration declaration = find(element);
            String signature = signatures.of(element, meaning.site(), declaration == null ? List.of() : declaration.parameters());
            if (!seen.add(signature)) {
                continue;
            }
            boolean first = html.isEmpty();
            html.append("<pre>").append(DocHtml.escape(signature + value(element))).append("</pre>");
            DocCommentTree comment = comment(element, declaration);
            if (comment != null) {
                html.append("<p>").append(first ? DocHtml.of(comment) : DocHtml.summary(comment)).append("</p>");
            } else if (element instanceof VariableElement) {
                html.append(summary(element.asType()));
            }
            if (first && withSource && declaration != null) {
                html.append("<pre>").append(DocHtml.escape(declaration.source().strip())).append("</pre>");
            }
        }
        return new Explanation(PlainText.of(html.toString()), html.toString());
    }

    /** What a variable of a cell holds now. */
    private String value(Element element) {
        boolean ofCell = element.getKind() == ElementKind.FIELD && element.getEnclosingElement() instanceof TypeElement owner
                && owner.getQualifiedName().toString().startsWith(CellSource.PACKAGE + ".");
        String value = ofCell ? surroundings.value(element.getEnclosingElement().toString(), element.getSimpleName().toString()) : null;
        return value == null ? "" : " = " + value;
    }

    /** A variable is explained by its type. */
    private String summary(TypeMirror type) {
        Element element = type instanceof DeclaredType declared ? declared.asElement() : null;
        Declaration declaration = element == null ? null : find(element);
        return declaration == null || declaration.comment() == null ? ""
                : "<p><code>" + element.getSimpleName() + "</code>: " + DocHtml.summary(declaration.comment()) + "</p>";
    }

    /** A method's own comment, else that of a method it overrides. */
    private DocCommentTree comment(Element element, Declaration declaration) {
        DocCommentTree own = declaration == null ? null : declaration.comment();
        boolean inherits = own == null || own.getFullBody().size() == 1 && own.getFullBody().get(0).toString().equals("{@inheritDoc}");
        if (!inherits || !(element instanceof ExecutableElement method) || element.getKind() != ElementKind.METHOD) {
            return own;
        }
        return inherited(method, method.getEnclosingElement().asType(), (TypeElement) method.getEnclosingElement());
    }

    private DocCommentTree inherited(ExecutableElement method, TypeMirror type, TypeElement origin) {
        for (TypeMirror parent : analysis.types().directSupertypes(type)) {
            TypeElement element = (TypeElement) ((DeclaredType) parent).asElement();
            for (Element member : element.getEnclosedElements()) {
                if (member instanceof ExecutableElement each && analysis.elements().overrides(method, each, origin)) {
                    Declaration declaration = find(each);
                    if (declaration != null && declaration.comment() != null) {
                        return declaration.comment();
                    }
                }
            }
            DocCommentTree comment = inherited(method, parent, origin);
            if (comment != null) {
                return comment;
            }
        }
        return null;
    }

    private Declaration find(Element element) {
        Element outermost = element;
        while (outermost != null && !(outermost.getEnclosingElement() instanceof PackageElement)) {
            outermost = outermost.getEnclosingElement();
        }
        if (!(outermost instanceof TypeElement type)) {
            return null;
        }
        SourceFile file = file(type, type.getQualifiedName().toString());
        return file == null ? null : file.find(element);
    }

    private SourceFile file(TypeElement type, String name) {
        if (name.startsWith(CellSource.PACKAGE + ".")) {
            String text = surroundings.source(name);
            return text == null ? null : new SourceFile(text);
        }
        ModuleElement module = analysis.elements().getModuleOf(type);
        return sources.of(module == null ? "" : module.getQualifiedName().toString(), name);
    }
}
