/**
 * Java cells: evaluated, stopped, completed and explained by JShell in this process. Knows nothing of Jupyter.
 *
 * <p>{@link dev.retort.kernel.session.Session} evaluates a {@link dev.retort.kernel.session.Cell};
 * {@link dev.retort.kernel.session.Assistant} helps to write one.
 */
package dev.retort.kernel.session;
