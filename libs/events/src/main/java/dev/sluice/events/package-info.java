/**
 * The events that join the stages: records, the topics that carry them, their keys and their wire
 * form.
 *
 * <p>An event is a fact in the past tense. It carries references (digests) to large things, never
 * the things, and never a secret. The published contract is {@code schemas/}; tests hold these
 * records to it.
 */
@NullMarked
package dev.sluice.events;

import org.jspecify.annotations.NullMarked;
