/**
 * Several processes of one stage share its work. All of them know all; each key is worked on by the
 * one that owns its partition, as Kafka gives partitions to the members of a consumer group. Who
 * gains a partition first learns from the stage's own topic what the one before had done.
 */
@NullMarked
package dev.sluice.pipeline.share;

import org.jspecify.annotations.NullMarked;
