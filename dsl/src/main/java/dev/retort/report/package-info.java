/**
 * What people look at afterwards: {@link dev.retort.report.Comparison} of size, speed and accuracy, and
 * {@link dev.retort.report.Charts}.
 */
package dev.retort.report;
