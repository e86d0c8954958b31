package dev.retort.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.retort.data.Says;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A {@link LayerTerm} between a layer of the teacher and one of the student:
 * {@code hint("layer.6").guides("layer.2")}. A layer that is not named is the last hidden one that the term can look at.
 *
 * @param term         what to compare
 * @param teacherLayer a name
 * @param studentLayer a name
 */
public record LayerLoss(LayerTerm term, String teacherLayer, String studentLayer) implements Loss {
    private static final String LAST = "the last hidden layer";

    /** Between the last hidden layers of both. */
    public LayerLoss(LayerTerm term) {
        this(term, LAST, LAST);
    }

    /** Between this layer of the teacher and the last hidden one of the student. */
    public LayerLoss(LayerTerm term, String teacherLayer) {
        this(term, teacherLayer, LAST);
    }

    /** The same with this layer of the student. */
    public LayerLoss guides(String layer) {
        return new LayerLoss(term, teacherLayer, layer);
    }

    @Override
    public NDArray of(Batch batch) {
        return term.of(new LayerPair(
                batch.studentLayers().get(studentLayer), batch.teacherLayers().get(teacherLayer), batch, toString()));
    }

    @Override
    public Needs needs() {
        return new Needs(Says.LABELS, Set.of(teacherLayer), Set.of(studentLayer));
    }

    @Override
    public Loss between(Layout layout) {
        String ofTeacher = found(teacherLayer, layout.teacher(), "teacher");
        String ofStudent = found(studentLayer, layout.student(), "student");
        Shape teacher = layout.teacher().get(ofTeacher);
        Shape student = layout.student().get(ofStudent);
        String mismatch = term.mismatch(student, teacher);
        Numbers.require(mismatch == null, this + " cannot compare " + ofStudent + " of the student, " + LayerPair.text(student)
                + ", with " + ofTeacher + " of the teacher, " + LayerPair.text(teacher) + ": " + mismatch);
        return new LayerLoss(term, ofTeacher, ofStudent);
    }

    private String found(String name, Map<String, Shape> layers, String whose) {
        if (name.equals(LAST)) {
            return last(layers, whose);
        }
        Numbers.require(layers.containsKey(name), this + ": no layer '" + name + "' in the " + whose + "; it has "
                + (layers.isEmpty() ? "none that can be looked at" : String.join(", ", layers.keySet())));
        Numbers.require(term.suits(layers.get(name)), this + " looks at " + term.suited() + ", but " + name + " of the " + whose
                + " has " + LayerPair.text(layers.get(name)));
        return name;
    }

    private String last(Map<String, Shape> layers, String whose) {
        List<String> hidden = new ArrayList<>(layers.keySet());
        for (int i = hidden.size() - 2; i >= 0; i--) {
            if (term.suits(layers.get(hidden.get(i)))) {
                return hidden.get(i);
            }
        }
        throw new IllegalArgumentException(this + " looks at " + term.suited() + ", and the " + whose + " has none; its layers: " + layers);
    }

    @Override
    public List<Part> parts(Layout layout) {
        return term.parts(layout.student().get(studentLayer), layout.teacher().get(teacherLayer), layout.rows()).stream()
                .map(part -> part.named(LayerPair.partName(toString(), part.name()))).toList();
    }

    @Override
    public String latex() {
        return term.latex();
    }

    @Override
    public String toString() {
        String word = term.toString();
        String start = word.substring(0, word.length() - 1);
        String comma = start.endsWith("(") ? "" : ", ";
        return (teacherLayer.equals(LAST) ? word : start + comma + '"' + teacherLayer + "\")")
                + (studentLayer.equals(LAST) ? "" : ".guides(\"" + studentLayer + "\")");
    }
}
