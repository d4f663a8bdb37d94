/**
 * Topics of Kafka as one reads them: which partitions there are, which one a key has, and all that
 * partitions hold up to their present end. Nothing here joins a group or commits.
 */
@NullMarked
package dev.sluice.topics;

import org.jspecify.annotations.NullMarked;
