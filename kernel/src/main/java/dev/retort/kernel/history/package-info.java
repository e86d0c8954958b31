/**
 * The cells that were executed, of this session and earlier ones, in a folder of the user's.
 *
 * <p>{@link dev.retort.kernel.history.History} answers Jupyter's requests; {@link dev.retort.kernel.history.SessionFiles} keeps
 * one file a session, so that several kernels write at once without waiting for each other.
 */
package dev.retort.kernel.history;
