/**
 * A kernel for Java notebooks: {@link dev.retort.kernel.Kernel} executes cells, with magics and rich results, and
 * {@link dev.retort.kernel.Jupyter} serves it to front ends. What a cell shows goes to its
 * {@link dev.retort.kernel.Outputs}.
 */
package dev.retort.kernel;
