/**
 * The words that start with a percent sign: {@link dev.retort.kernel.magic.CellParts} finds them in a cell,
 * {@link dev.retort.kernel.magic.Magics} knows and runs them, through what {@link dev.retort.kernel.magic.Host} offers.
 */
package dev.retort.kernel.magic;
