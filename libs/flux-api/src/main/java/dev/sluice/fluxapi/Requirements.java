package dev.sluice.fluxapi;

import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a record must have and does not. JSON knows nothing of {@code @Nullable}: an object
 * that no API server has checked may lack anything.
 */
final class Requirements {

    private static final ClassValue<RecordComponent[]> COMPONENTS =
            new ClassValue<>() {
                @Override
                protected RecordComponent[] computeValue(Class<?> type) {
                    return type.getRecordComponents();
                }
            };

    private Requirements() {}

    /** The path of the first component that is null and may not be; null if there is none. */
    static @Nullable String firstMissing(Record value) {
        for (RecordComponent component : COMPONENTS.get(value.getClass())) {
            Object part = valueOf(component, value);
            String missing = part == null ? missing(component) : within(part);
            if (missing != null) {
                return missing.isEmpty() ? component.getName() : component.getName() + missing;
            }
        }
        return null;
    }

    private static @Nullable String missing(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class) ? null : "";
    }

    private static @Nullable String within(Object part) {
        if (part instanceof Record record && !record.getClass().equals(GoDuration.class)) {
            String missing = firstMissing(record);
            return missing == null ? null : "." + missing;
        }
        if (part instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                String missing = within(list.get(i));
                if (missing != null) {
                    return "[" + i + "]" + missing;
                }
            }
        }
        return null;
    }

    private static @Nullable Object valueOf(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a public record's component cannot be read: " + component, e);
        }
    }
}
