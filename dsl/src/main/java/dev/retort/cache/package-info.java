/**
 * What teachers said, kept by row in memory and on disk: {@link dev.retort.cache.TargetCache} asks a teacher only for the rows
 * that it has not answered for before, in this session or an earlier one.
 */
package dev.retort.cache;
