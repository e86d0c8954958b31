/**
 * The one training loop, {@link dev.retort.train.Loop}: options in, weights and a {@link dev.retort.train.History} out,
 * watched by a {@link dev.retort.train.Monitor}. It knows tensors, not teachers: what a teacher said of the rows comes as
 * {@link dev.retort.train.Targets}.
 */
package dev.retort.train;
