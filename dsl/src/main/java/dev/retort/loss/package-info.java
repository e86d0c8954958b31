/**
 * What a student is trained to minimise: {@link dev.retort.loss.SoftTargets} and
 * {@link dev.retort.loss.HardLabels}, added and scaled into one {@link dev.retort.loss.Loss}.
 *
 * <p>A new term is a new class here and a word in the façade.
 */
package dev.retort.loss;
