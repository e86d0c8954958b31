/**
 * The Jupyter wire protocol: messages, their signatures and the sockets they travel on. Knows nothing of Java cells.
 *
 * <p>{@link dev.retort.kernel.wire.Wire} is what most need: it binds where a {@link dev.retort.kernel.wire.Connection} says,
 * hands every honest {@link dev.retort.kernel.wire.Message} to a listener, and sends.
 */
package dev.retort.kernel.wire;
