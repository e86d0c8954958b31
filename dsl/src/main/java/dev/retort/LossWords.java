package dev.retort;

import dev.retort.loss.AttentionKl;
import dev.retort.loss.AttentionTransfer;
import dev.retort.loss.Crd;
import dev.retort.loss.Dist;
import dev.retort.loss.Dkd;
import dev.retort.loss.HardLabels;
import dev.retort.loss.HiddenCosine;
import dev.retort.loss.Hint;
import dev.retort.loss.Jsd;
import dev.retort.loss.LabelSmoothing;
import dev.retort.loss.LayerLoss;
import dev.retort.loss.LogitsMse;
import dev.retort.loss.Loss;
import dev.retort.loss.Nst;
import dev.retort.loss.Pkt;
import dev.retort.loss.RkdAngle;
import dev.retort.loss.RkdDistance;
import dev.retort.loss.SimilarityPreserving;
import dev.retort.loss.SoftCosine;
import dev.retort.loss.SoftTargets;
import dev.retort.loss.Standardised;
import dev.retort.loss.TeacherLabels;
import dev.retort.loss.Uld;
import dev.retort.loss.Vid;

/** The words for what a student minimises; part of {@link Retort}. */
public abstract class LossWords {
    LossWords() {
    }

    /** The teacher's softened probabilities as targets. See {@link SoftTargets}. */
    public static Loss softTargets(double temperature) {
        return new SoftTargets(temperature);
    }

    /** The true labels as targets. See {@link HardLabels}. */
    public static Loss hardLabels() {
        return new HardLabels();
    }

    /** The class that the teacher answers as the target, for teachers that say no more. See {@link TeacherLabels}. */
    public static Loss teacherLabels() {
        return new TeacherLabels();
    }

    /** The true labels, with a share spread over all classes; 0.1 is usual. See {@link LabelSmoothing}. */
    public static Loss labelSmoothing(double epsilon) {
        return new LabelSmoothing(epsilon);
    }

    /** The teacher's logits as targets, by squared error. See {@link LogitsMse}. */
    public static Loss logitsMse() {
        return new LogitsMse();
    }

    /** Soft targets, the label's class and the others each with a weight of its own; {@code dkd(1, 8, 4)} is usual. See {@link Dkd}. */
    public static Loss dkd(double alpha, double beta, double temperature) {
        return new Dkd(alpha, beta, temperature);
    }

    /** The correlations between soft targets; {@code dist(1)} is usual. See {@link Dist}. */
    public static Loss dist(double temperature) {
        return new Dist(temperature);
    }

    /** Soft targets of logits with mean 0 and deviation 1; {@code standardised(2)} is usual. See {@link Standardised}. */
    public static Loss standardised(double temperature) {
        return new Standardised(temperature);
    }

    /** Jensen–Shannon divergence: 0 is the forward KL, 1 the reverse KL. See {@link Jsd}. */
    public static Loss jsd(double beta) {
        return new Jsd(beta);
    }

    /** The angle between soft targets. See {@link SoftCosine}. */
    public static Loss softCosine(double temperature) {
        return new SoftCosine(temperature);
    }

    /** Sorted probabilities, which need no common classes. See {@link Uld}. */
    public static Loss uld() {
        return new Uld();
    }

    /** The teacher's last hidden layer as a target for the student's. See {@link Hint}. */
    public static LayerLoss hint() {
        return new LayerLoss(new Hint());
    }

    /** A layer of the teacher as a target: {@code hint("layer.6").guides("layer.2")}. See {@link Hint}. */
    public static LayerLoss hint(String teacherLayer) {
        return new LayerLoss(new Hint(), teacherLayer);
    }

    /** What the student's last hidden layer tells of the teacher's. See {@link Vid}. */
    public static LayerLoss vid() {
        return new LayerLoss(new Vid());
    }

    /** The same with another layer of the teacher. See {@link Vid}. */
    public static LayerLoss vid(String teacherLayer) {
        return new LayerLoss(new Vid(), teacherLayer);
    }

    /** Distances between rows in the last hidden layers. See {@link RkdDistance}. */
    public static LayerLoss rkdDistance() {
        return new LayerLoss(new RkdDistance());
    }

    /** The same with another layer of the teacher. See {@link RkdDistance}. */
    public static LayerLoss rkdDistance(String teacherLayer) {
        return new LayerLoss(new RkdDistance(), teacherLayer);
    }

    /** Angles between rows in the last hidden layers. See {@link RkdAngle}. */
    public static LayerLoss rkdAngle() {
        return new LayerLoss(new RkdAngle());
    }

    /** The same with another layer of the teacher. See {@link RkdAngle}. */
    public static LayerLoss rkdAngle(String teacherLayer) {
        return new LayerLoss(new RkdAngle(), teacherLayer);
    }

    /** Products between rows in the last hidden layers. See {@link SimilarityPreserving}. */
    public static LayerLoss similarityPreserving() {
        return new LayerLoss(new SimilarityPreserving());
    }

    /** The same with another layer of the teacher. See {@link SimilarityPreserving}. */
    public static LayerLoss similarityPreserving(String teacherLayer) {
        return new LayerLoss(new SimilarityPreserving(), teacherLayer);
    }

    /** Neighbours of rows in the last hidden layers. See {@link Pkt}. */
    public static LayerLoss pkt() {
        return new LayerLoss(new Pkt());
    }

    /** The same with another layer of the teacher. See {@link Pkt}. */
    public static LayerLoss pkt(String teacherLayer) {
        return new LayerLoss(new Pkt(), teacherLayer);
    }

    /** Where the last convolutions look. See {@link AttentionTransfer}. */
    public static LayerLoss attentionTransfer() {
        return new LayerLoss(new AttentionTransfer());
    }

    /** The same with another layer of the teacher. See {@link AttentionTransfer}. */
    public static LayerLoss attentionTransfer(String teacherLayer) {
        return new LayerLoss(new AttentionTransfer(), teacherLayer);
    }

    /** How the channels of the last convolutions are spread. See {@link Nst}. */
    public static LayerLoss nst() {
        return new LayerLoss(new Nst());
    }

    /** The same with another layer of the teacher. See {@link Nst}. */
    public static LayerLoss nst(String teacherLayer) {
        return new LayerLoss(new Nst(), teacherLayer);
    }

    /** The angle between the last hidden layers, of equal widths. See {@link HiddenCosine}. */
    public static LayerLoss hiddenCosine() {
        return new LayerLoss(new HiddenCosine());
    }

    /** The same with another layer of the teacher. See {@link HiddenCosine}. */
    public static LayerLoss hiddenCosine(String teacherLayer) {
        return new LayerLoss(new HiddenCosine(), teacherLayer);
    }

    /** Attention probabilities of a layer: {@code attentionKl("layer.6").guides("layer.2")}. See {@link AttentionKl}. */
    public static LayerLoss attentionKl(String teacherLayer) {
        return new LayerLoss(new AttentionKl(), teacherLayer);
    }

    /** Rows told apart in the last hidden layers, with 4096 negatives. See {@link Crd}. */
    public static LayerLoss crd() {
        return crd(4096);
    }

    /** Rows told apart in the last hidden layers, with so many negatives. See {@link Crd}. */
    public static LayerLoss crd(int negatives) {
        return new LayerLoss(new Crd(negatives));
    }

    /** The same with another layer of the teacher. See {@link Crd}. */
    public static LayerLoss crd(int negatives, String teacherLayer) {
        return new LayerLoss(new Crd(negatives), teacherLayer);
    }
}
