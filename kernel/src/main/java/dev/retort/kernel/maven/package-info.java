/**
 * Resolves libraries as Maven does, for {@code %maven} and {@code %%loadFromPOM}:
 * {@link dev.retort.kernel.maven.MavenResolver} takes coordinates or a POM and gives jars.
 */
package dev.retort.kernel.maven;
