/**
 * How results look in a notebook: {@link dev.retort.notebook.RetortExtension} registers the renderers and the live panel
 * with any kernel of the IJava line, and imports the words of the language. Nothing else in Retort knows of notebooks.
 */
package dev.retort.notebook;
