/**
 * Notebook files and running them without a front end: a {@link dev.retort.kernel.notebook.Notebook} is read from a file, a
 * {@link dev.retort.kernel.notebook.NotebookRunner} runs its cells in a kernel and puts their outputs into it.
 */
package dev.retort.kernel.notebook;
