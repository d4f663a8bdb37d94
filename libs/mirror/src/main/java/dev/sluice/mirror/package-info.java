/**
 * Copies the history topics of one cluster to a central Kafka: each record once, in the order of
 * its partition, whenever the link is up. How far it is stands in the target, written with the
 * records in one transaction; so a cut link, a kill and a second copy of the process do no harm.
 * Readers of the centre read committed records only.
 */
@NullMarked
package dev.sluice.mirror;

import org.jspecify.annotations.NullMarked;
