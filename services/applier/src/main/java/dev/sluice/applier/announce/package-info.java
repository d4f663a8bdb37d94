/**
 * What is said about the objects that steer the applier: as a record for Alerts, and as a
 * Kubernetes Event. Out: {@code object.announced}.
 */
@NullMarked
package dev.sluice.applier.announce;

import org.jspecify.annotations.NullMarked;
