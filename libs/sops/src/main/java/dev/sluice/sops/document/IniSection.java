package dev.sluice.sops.document;

import java.util.ArrayList;
import java.util.List;

/**
 * A section while it is read or before it is written. A key that comes again replaces the value and
 * keeps its place.
 */
final class IniSection {
    private final String name;
    private final String comment;
    private final List<Key> keys = new ArrayList<>();

    /**
     * One key.
     *
     * @param comment the lines above it
     */
    record Key(String name, String value, String comment) {
        @Override
        public String toString() {
            return name;
        }
    }

    IniSection(String name, String comment) {
        this.name = name;
        this.comment = comment;
    }

    String name() {
        return name;
    }

    String comment() {
        return comment;
    }

    List<Key> keys() {
        return keys;
    }

    void put(String key, String value, String keyComment) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).name().equals(key)) {
                keys.set(i, new Key(key, value, keyComment));
                return;
            }
        }
        keys.add(new Key(key, value, keyComment));
    }

    void commentLast(String text) {
        if (!keys.isEmpty()) {
            Key last = keys.removeLast();
            keys.add(new Key(last.name(), last.value(), text));
        }
    }
}
