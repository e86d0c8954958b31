package dev.retort.kernel;

/** The two ends of the conversation with whoever runs a cell. */
record Frontend(Outputs outputs, Input input) {
}
