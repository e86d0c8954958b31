/**
 * Completes and explains code that is being written, with the compiler's public interfaces. It knows neither JShell nor
 * Jupyter, and never runs or waits for code of a cell.
 */
package dev.retort.kernel.assist;
