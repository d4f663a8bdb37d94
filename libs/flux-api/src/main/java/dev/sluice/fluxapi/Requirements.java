package dev.sluice.fluxapi;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a record must have and does not. JSON knows nothing of {@code @Nullable}: an object
 * that no API server has checked may lack anything.
 */
final class Requirements {

    /**
     * One component of a record.
     *
     * @param mayLack whether it is {@code @Nullable}; reading that costs more than all else here
     */
    private record Component(String name, Method accessor, boolean mayLack) {

        static Component of(RecordComponent component) {
            return new Component(
                    component.getName(),
                    component.getAccessor(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }
    }

    private static final ClassValue<List<Component>> COMPONENTS =
            new ClassValue<>() {
                @Override
                protected List<Component> computeValue(Class<?> type) {
                    return Arrays.stream(type.getRecordComponents()).map(Component::of).toList();
                }
            };

    private Requirements() {}

    /** The path of the first component that is null and may not be; null if there is none. */
    static @Nullable String firstMissing(Record value) {
        for (Component component : COMPONENTS.get(value.getClass())) {
            Object part = valueOf(component, value);
            if (part == null && !component.mayLack()) {
                return component.name();
            }
            String missing = part == null ? null : within(part);
            if (missing != null) {
                return component.name() + missing;
            }
        }
        return null;
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

    private static @Nullable Object valueOf(Component component, Record record) {
        try {
            return component.accessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(
                    "a public record's component cannot be read: " + component.name(), e);
        }
    }
}
