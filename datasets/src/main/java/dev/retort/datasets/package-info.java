/**
 * Real, small data sets as class-path resources. {@link dev.retort.datasets.Datasets} lists them and reads their
 * {@link dev.retort.datasets.Rows}; a {@link dev.retort.datasets.Card} says what each one is and where it is from.
 *
 * <p>A new data set is a folder of resources with its {@code card.properties}, and one line in {@code Datasets}.
 */
package dev.retort.datasets;
