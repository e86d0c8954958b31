package dev.retort.train;

import dev.retort.script.Ahead;
import dev.retort.script.NotRecordable;
import dev.retort.script.Recording;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Training steps as TorchScript text: selecting the rows, the net, the loss, its gradients and the optimiser. */
final class StepText {
    /** The names of the lists of arrays that the text works on. */
    static final String MATERIAL = "material";
    static final String PARAMETERS = "parameters";
    static final String CONSTANTS = "constants";
    static final String WEIGHTS = "weights";
    static final String MOMENTS = "moments";
    static final String COUNTS = "counts";
    static final String TOTAL = "total";

    /** What is calculated for all rows once is selected like what was given. */
    private static final String PREPARE = """
              def prepare(self: __torch__.Program, nothing: Tensor) -> Tensor:
            %s
                return nothing
            """;

    /**
     * {@code order}: a row of places in the training set for each step. {@code rates}: a learning rate for each step.
     * {@code factors}: for each step the weight of each term of the loss.
     */
    private static final String STEPS = """
              def steps(self: __torch__.Program, order: Tensor, rates: Tensor, factors: Tensor) -> Tensor:
                weights = self.weights
                gradient_mode = torch.is_grad_enabled()
                for i in range(torch.size(order, 0)):
                  places = torch.select(order, 0, i)
                  factor = torch.select(factors, 0, i)
            %s
                  sum = torch.add_(self.total[0], torch.detach(loss), alpha=torch.size(places, 0))
                torch.set_grad_enabled(gradient_mode)
                return self.total[0]
            """;

    private static final String FOUND_BY_LIBTORCH = """
            found = torch.autograd.grad([loss], weights, allow_unused=True)
            torch.set_grad_enabled(False)
            gradients = annotate(List[Tensor], [])
            for j in range(torch.len(found)):
              gradient = found[j]
              if torch.__is__(gradient, None):
                more = torch.append(gradients, torch.zeros_like(weights[j]))
              else:
                more = torch.append(gradients, torch.contiguous(unchecked_cast(Tensor, gradient)))
            """;

    private final Ahead loss;
    /** What the text calls the arrays that rows are selected from: first those that were given. */
    private final List<String> material;
    private final List<String> factors;

    private StepText(Ahead loss, int given) {
        this.loss = loss;
        material = Stream.concat(IntStream.range(0, given).mapToObj(RecordedLoss::rows), loss.ahead().results().stream()).toList();
        factors = IntStream.range(0, loss.rest().results().size()).mapToObj(i -> "factor" + i).toList();
    }

    /**
     * @param loss    its results are the terms
     * @param given   how many arrays rows are selected from
     * @param weights the names of what the optimiser moves
     * @param update  how it does that
     */
    static String of(Ahead loss, int given, List<String> weights, String update) {
        StepText text = new StepText(loss, given);
        return PREPARE.formatted(text.preparation(given).indent(4).stripTrailing())
                + STEPS.formatted((text.gradients(weights) + "\n" + update).indent(6).stripTrailing());
    }

    private String preparation(int given) {
        Stream<String> read = IntStream.range(0, given).filter(i -> loss.ahead().reads(material.get(i)))
                .mapToObj(i -> material.get(i) + " = self.material[" + i + "]");
        Stream<String> kept = loss.ahead().results().stream().map(result -> "more = torch.append(self.material, " + result + ")");
        return Stream.of(read, Stream.of(loss.ahead().lines()), kept).flatMap(lines -> lines).collect(Collectors.joining("\n"));
    }

    /** The loss and its gradients: written out where that is possible. */
    private String gradients(List<String> weights) {
        List<String> terms = loss.rest().results();
        try {
            Recording all = loss.rest().withGradients(factors, weights);
            String gradients = String.join(", ", all.results().subList(terms.size(), all.results().size()));
            return String.join("\n", "torch.set_grad_enabled(False)", selection(), all.lines(), sum(terms), "gradients = [" + gradients + "]");
        } catch (NotRecordable e) {
            return String.join("\n", "torch.set_grad_enabled(True)", selection(), loss.rest().lines(), sum(terms), FOUND_BY_LIBTORCH);
        }
    }

    /** Only what the loss looks at is selected. */
    private String selection() {
        Stream<String> rows = IntStream.range(0, material.size()).filter(i -> loss.rest().reads(material.get(i)))
                .mapToObj(i -> material.get(i) + " = torch.index_select(self.material[" + i + "], 0, places)");
        Stream<String> numbers = IntStream.range(0, factors.size()).mapToObj(i -> factors.get(i) + " = torch.select(factor, 0, " + i + ")");
        return Stream.concat(rows, numbers).collect(Collectors.joining("\n"));
    }

    private String sum(List<String> terms) {
        return "loss = " + IntStream.range(0, terms.size()).mapToObj(i -> "torch.mul(" + terms.get(i) + ", " + factors.get(i) + ")")
                .reduce((some, term) -> "torch.add(" + some + ", " + term + ")").orElseThrow();
    }
}
