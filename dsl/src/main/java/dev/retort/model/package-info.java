/**
 * Untrained and trained models are different types: a {@link dev.retort.model.Blueprint} learns, a
 * {@link dev.retort.model.Classifier} is frozen and answers. A classifier's weights are plain bytes on the heap; native
 * memory is taken only while a {@link dev.retort.model.Scorer} is open.
 *
 * <p>Networks are trained by the one loop; trees, boosted trees and linear models by Tribuo. Models from elsewhere come in as
 * {@link dev.retort.model.ImportedClassifier}, several at once as {@link dev.retort.model.Ensemble}, Java code as
 * {@link dev.retort.model.FunctionClassifier}.
 */
package dev.retort.model;
