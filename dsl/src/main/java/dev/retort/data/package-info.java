/**
 * Data sets for classification. A {@link dev.retort.data.DataSet} is one of those that come with Retort, or a table of
 * the user's own; its rows are seen through a {@link dev.retort.data.Split}: train, validation, test, and parts of them.
 *
 * <p>Every row has an id, its number in the source counted from 0. What a teacher says about a row is attached to the
 * id, never to a place in a batch. All splits and samples are drawn with fixed, documented seeds: the same data gives
 * the same rows on every machine.
 */
package dev.retort.data;
