/**
 * Tells again what a log says: to a consumer, into files, into a sandbox. None of these acts on the
 * pipeline: what goes to a topic carries the mark that every service refuses, and the topics of the
 * pipeline are no targets.
 */
@NullMarked
package dev.sluice.cli.replay;

import org.jspecify.annotations.NullMarked;
