/**
 * Teaching: a {@link dev.retort.distill.Distillation} is a teacher, a student, the rows they meet on and a loss; running it
 * gives a {@link dev.retort.distill.Run}.
 */
package dev.retort.distill;
