package dev.retort.kernel.assist;

import com.sun.source.doctree.AttributeTree;
import com.sun.source.doctree.DeprecatedTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.ErroneousTree;
import com.sun.source.doctree.IndexTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReferenceTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.SummaryTree;
import com.sun.source.doctree.SystemPropertyTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.util.SimpleDocTreeVisitor;
import java.util.List;

/** A documentation comment as HTML. What links elsewhere is named only: there is nowhere to follow it to. */
final class DocHtml extends SimpleDocTreeVisitor<Void, Void> {
    private final StringBuilder html = new StringBuilder();
    private String section = "";

    private DocHtml() {
    }

    /** The whole comment. */
    static String of(DocCommentTree comment) {
        DocHtml visitor = new DocHtml();
        visitor.visit(comment.getFullBody(), null);
        visitor.visit(comment.getBlockTags(), null);
        visitor.endSection();
        return visitor.html.toString();
    }

    /** Its first sentence. */
    static String summary(DocCommentTree comment) {
        DocHtml visitor = new DocHtml();
        visitor.visit(comment.getFirstSentence(), null);
        return visitor.html.toString();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public Void visitText(TextTree tree, Void none) {
        html.append(escape(tree.getBody()));
        return null;
    }

    @Override
    public Void visitEntity(EntityTree tree, Void none) {
        html.append('&').append(tree.getName()).append(';');
        return null;
    }

    @Override
    public Void visitStartElement(StartElementTree tree, Void none) {
        html.append('<').append(tree.getName()).append('>');
        return null;
    }

    @Override
    public Void visitEndElement(EndElementTree tree, Void none) {
        html.append("</").append(tree.getName()).append('>');
        return null;
    }

    @Override
    public Void visitAttribute(AttributeTree tree, Void none) {
        return null;
    }

    @Override
    public Void visitLiteral(LiteralTree tree, Void none) {
        boolean code = tree.getKind() == DocTree.Kind.CODE;
        html.append(code ? "<code>" : "").append(escape(tree.getBody().getBody())).append(code ? "</code>" : "");
        return null;
    }

    @Override
    public Void visitLink(LinkTree tree, Void none) {
        html.append("<code>");
        if (tree.getLabel().isEmpty()) {
            visit(tree.getReference(), null);
        } else {
            visit(tree.getLabel(), null);
        }
        html.append("</code>");
        return null;
    }

    @Override
    public Void visitReference(ReferenceTree tree, Void none) {
        html.append(escape(tree.getSignature().replaceFirst("^#", "").replace('#', '.')));
        return null;
    }

    @Override
    public Void visitIndex(IndexTree tree, Void none) {
        return visit(tree.getSearchTerm(), null);
    }

    @Override
    public Void visitSystemProperty(SystemPropertyTree tree, Void none) {
        html.append("<code>").append(tree.getPropertyName()).append("</code>");
        return null;
    }

    @Override
    public Void visitSummary(SummaryTree tree, Void none) {
        return visit(tree.getSummary(), null);
    }

    @Override
    public Void visitErroneous(ErroneousTree tree, Void none) {
        html.append(escape(tree.getBody()));
        return null;
    }

    @Override
    public Void visitParam(ParamTree tree, Void none) {
        String name = tree.getName().toString();
        return item("Parameters", tree.isTypeParameter() ? "<" + name + ">" : name, tree.getDescription());
    }

    @Override
    public Void visitThrows(ThrowsTree tree, Void none) {
        return item("Throws", tree.getExceptionName().getSignature(), tree.getDescription());
    }

    @Override
    public Void visitReturn(ReturnTree tree, Void none) {
        if (!tree.isInline()) {
            return item("Returns", "", tree.getDescription());
        }
        html.append("Returns ");
        visit(tree.getDescription(), null);
        html.append('.');
        return null;
    }

    @Override
    public Void visitDeprecated(DeprecatedTree tree, Void none) {
        return item("Deprecated", "", tree.getBody());
    }

    /** Kinds of a newer JDK than this is compiled for, as they are written; what else there is (see, since …) is left out. */
    @Override
    protected Void defaultAction(DocTree tree, Void none) {
        switch (tree.getKind().name()) {
            case "MARKDOWN" -> html.append(escape(tree.toString())
                    .replaceAll("`([^`]+)`", "<code>$1</code>").replaceAll("\\n\\s*\\n", "<p>"));
            case "SNIPPET" -> {
                String code = tree.toString().replaceFirst("^\\{@snippet[^\\n]*\\n", "").replaceFirst("\\s*}$", "");
                html.append("<pre>").append(escape(code)).append("</pre>");
            }
            default -> {
            }
        }
        return null;
    }

    private Void item(String title, String name, List<? extends DocTree> description) {
        if (!title.equals(section)) {
            endSection();
            html.append("<p><b>").append(title).append("</b></p><ul>");
            section = title;
        }
        html.append("<li>").append(name.isEmpty() ? "" : "<code>" + escape(name) + "</code>: ");
        visit(description, null);
        html.append("</li>");
        return null;
    }

    private void endSection() {
        html.append(section.isEmpty() ? "" : "</ul>");
    }
}
