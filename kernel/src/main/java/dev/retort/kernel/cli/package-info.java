/** The command line: {@link dev.retort.kernel.cli.Main} and a class per command. */
package dev.retort.kernel.cli;
