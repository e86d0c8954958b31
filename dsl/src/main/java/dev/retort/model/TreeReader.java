package dev.retort.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.retort.train.Logits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.classification.Label;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;
import org.tribuo.common.xgboost.XGBoostModel;

/** Reads the trees that Tribuo and XGBoost grew. */
final class TreeReader {
    private final ImmutableFeatureMap features;
    private final Tree.Builder tree = new Tree.Builder();

    private TreeReader(ImmutableFeatureMap features) {
        this.features = features;
    }

    /** A tree that says the share of each class in its leaves. */
    static Tree of(TreeModel<Label> model, List<String> classes) {
        TreeReader reader = new TreeReader(model.getFeatureIDMap());
        reader.shares(model.getRoot(), classes);
        return reader.tree.build();
    }

    /**
     * Trees of which each says what it adds to the logit of one class: the first tree to the first class, and so on in turns. One
     * more says of the classes without an example that they are as good as impossible: XGBoost does not know them.
     */
    static List<Tree> of(XGBoostModel<Label> model, List<String> classes) {
        List<Tree> trees = new ArrayList<>();
        int own = model.getOutputIDInfo().size();
        for (String dump : dumps(model)) {
            TreeReader reader = new TreeReader(model.getFeatureIDMap());
            int turn = classes.indexOf(model.getOutputIDInfo().getOutput(trees.size() % own).getLabel());
            reader.logits(json(dump), turn, classes.size());
            trees.add(reader.tree.build());
        }
        if (own < classes.size()) {
            trees.add(unseen(model, classes));
        }
        return trees;
    }

    private static Tree unseen(XGBoostModel<Label> model, List<String> classes) {
        Set<String> seen = model.getOutputIDInfo().getDomain().stream().map(Label::getLabel).collect(Collectors.toSet());
        double impossible = Logits.ofProbabilities(new double[1])[0];
        Tree.Builder leaf = new Tree.Builder();
        leaf.leaf(classes.stream().mapToDouble(name -> seen.contains(name) ? 0 : impossible).toArray());
        return leaf.build();
    }

    /** Its trees as JSON, with numbers that read back bit by bit. */
    private static String[] dumps(XGBoostModel<Label> model) {
        try {
            return model.getInnerModels().get(0).getModelDump("", false, "json");
        } catch (XGBoostError e) {
            throw new IllegalStateException(e);
        }
    }

    private void shares(Node<Label> node, List<String> classes) {
        if (node instanceof SplitNode<Label> split) {
            tree.split(column(split.getFeatureID()), split.splitValue(),
                    () -> shares(split.getLessThanOrEqual(), classes), () -> shares(split.getGreaterThan(), classes));
        } else {
            Map<String, Label> shares = ((LeafNode<Label>) node).getDistribution();
            tree.leaf(classes.stream().mapToDouble(name -> shares.containsKey(name) ? shares.get(name).getScore() : 0).toArray());
        }
    }

    /** XGBoost goes to «yes» below its threshold; ours parts what is above from what is not. */
    private void logits(JsonNode node, int turn, int classes) {
        if (node.has("leaf")) {
            double value = Float.parseFloat(node.get("leaf").asText());
            tree.leaf(IntStream.range(0, classes).mapToDouble(c -> c == turn ? value : 0).toArray());
        } else {
            int feature = Integer.parseInt(node.get("split").asText().substring(1));
            float threshold = Float.parseFloat(node.get("split_condition").asText());
            tree.split(column(feature), Math.nextDown(threshold),
                    () -> logits(child(node, "yes"), turn, classes), () -> logits(child(node, "no"), turn, classes));
        }
    }

    private static JsonNode child(JsonNode node, String answer) {
        for (JsonNode child : node.get("children")) {
            if (child.get("nodeid").equals(node.get(answer))) {
                return child;
            }
        }
        throw new IllegalStateException("a tree of XGBoost without the node " + node.get(answer));
    }

    private int column(int feature) {
        return TribuoInputs.column(features.get(feature).getName());
    }

    private static JsonNode json(String dump) {
        try {
            return new JsonMapper().readTree(dump);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
