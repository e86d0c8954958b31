/**
 * Runs Java code on arrays as one compiled TorchScript method: a {@link dev.retort.script.Recorder} writes down what the
 * code does, and libtorch compiles the text into a {@link dev.retort.script.Program}. No Python, and no operation of a
 * block or a loss is written twice.
 */
package dev.retort.script;
