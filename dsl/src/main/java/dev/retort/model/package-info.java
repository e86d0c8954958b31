/**
 * Untrained and trained models are different types: a {@link dev.retort.model.Blueprint} learns, a
 * {@link dev.retort.model.Classifier} is frozen and answers. A classifier's weights are plain bytes on the heap; native
 * memory is taken only while a {@link dev.retort.model.Scorer} is open.
 */
package dev.retort.model;
