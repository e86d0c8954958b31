/**
 * Java cells: evaluated and stopped, by JShell in this process. Knows nothing of Jupyter.
 *
 * <p>{@link dev.retort.kernel.session.Session} evaluates a {@link dev.retort.kernel.session.Cell}.
 */
package dev.retort.kernel.session;
