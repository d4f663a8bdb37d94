package dev.sluice.events;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an object says about itself that concerns those who are told of it.
 *
 * @param labels all of its labels, by which Alerts may select
 * @param annotations those of its annotations that are meant to be told on, without their prefix
 *     {@code event.toolkit.fluxcd.io/}
 */
public record ObjectMarks(Map<String, String> labels, Map<String, String> annotations) {

    private static final String TOLD_ON = "event.toolkit.fluxcd.io/";

    public ObjectMarks {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** Picks from the metadata of an object. */
    public static ObjectMarks of(Map<String, String> labels, Map<String, String> annotations) {
        Map<String, String> toldOn = new LinkedHashMap<>();
        annotations.forEach((name, value) -> {
            if (name.startsWith(TOLD_ON) && name.length() > TOLD_ON.length()) {
                toldOn.put(name.substring(TOLD_ON.length()), value);
            }
        });
        return new ObjectMarks(labels, toldOn);
    }
}
