/**
 * What a student is trained to minimise: terms on logits, such as {@link dev.retort.loss.SoftTargets}, and terms between
 * inner layers, such as {@link dev.retort.loss.Hint}, added, scaled and put one after another into one
 * {@link dev.retort.loss.Loss}.
 *
 * <p>A new term is a new class here and a word in the façade: a {@link dev.retort.loss.Loss} on logits, a
 * {@link dev.retort.loss.LayerTerm} between layers.
 */
package dev.retort.loss;
