/**
 * Shows values: {@link dev.retort.kernel.render.SafeRenderer} makes text, tables and pictures of what cells evaluate to, and
 * {@link dev.retort.kernel.render.ValueText} is its plain text. Bounded in size, whatever the value.
 */
package dev.retort.kernel.render;
