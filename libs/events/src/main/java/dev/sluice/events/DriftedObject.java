package dev.sluice.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One object that drifted.
 *
 * @param id inventory id
 * @param how what happened to it
 * @param who the field manager that now owns the fields, or that was last to write; absent where
 *     the object is gone
 * @param fields paths that were ours and are no longer, for example {@code .spec.replicas}; empty
 *     where the object is gone
 * @param resourceVersion that showed it; empty where the object is gone
 * @param inARow how often the same manager has now taken the same fields within a short time
 * @param fighting whether that is so often that corrections are held back
 */
public record DriftedObject(
        String id,
        How how,
        @Nullable String who,
        List<String> fields,
        String resourceVersion,
        Instant seen,
        int inARow,
        boolean fighting) {

    public DriftedObject {
        fields = List.copyOf(fields);
    }

    /** The sorts of drift. */
    public enum How {
        /** Fields of ours were changed or removed. */
        EDITED,
        /** The object is gone. */
        DELETED,
        /** A manager that must not own fields (kubectl) has written to it. */
        FOREIGN_MANAGER;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
