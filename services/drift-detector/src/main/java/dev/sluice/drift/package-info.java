/**
 * The drift detector. In: {@code delivery.applied}, and what metadata-only watches see of the
 * applied objects. Out: {@code drift.detected}. It changes nothing in any cluster.
 *
 * <p>Drift is read from field ownership. After an apply the API server keeps, in the object's
 * metadata, the set of fields that our manager owns; whoever changes or removes one of them takes
 * it out of that set. So an object has drifted when the set is not the one that was recorded at the
 * apply, when the object is gone, or when kubectl owns fields of it.
 */
@NullMarked
package dev.sluice.drift;

import org.jspecify.annotations.NullMarked;
