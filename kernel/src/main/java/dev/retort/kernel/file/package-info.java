/** Files that are written as a whole or not at all: {@link dev.retort.kernel.file.WholeFile}. */
package dev.retort.kernel.file;
