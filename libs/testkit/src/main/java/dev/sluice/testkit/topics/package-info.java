/**
 * Topics without a broker. Whoever uses them brings libs/events and the messaging of Kafka: to the
 * others of the kit these are nothing.
 */
@NullMarked
package dev.sluice.testkit.topics;

import org.jspecify.annotations.NullMarked;
