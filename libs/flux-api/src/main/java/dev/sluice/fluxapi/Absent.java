package dev.sluice.fluxapi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a record's constructor puts in the place of a field that the object does not have. */
public final class Absent {

    private Absent() {}

    /** The list, unmodifiable; empty if there is none. */
    public static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /** The map in its order, unmodifiable; empty if there is none. */
    public static <V> Map<String, V> map(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /** The value, or the default if there is none. */
    public static <T> T value(@Nullable T value, T def) {
        return value == null ? def : value;
    }
}
