package dev.sluice.fluxapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON merge patches that put a finalizer on an object or take it off. The list is replaced
 * whole, so only over the version of the object that it was read from.
 */
public final class FinalizerPatch {

    private FinalizerPatch() {}

    /** For an object that does not have it yet. */
    public static ObjectNode with(Metadata object, String finalizer) {
        List<String> names = new ArrayList<>(object.finalizers());
        names.add(finalizer);
        return of(object, names);
    }

    public static ObjectNode without(Metadata object, String finalizer) {
        return of(
                object,
                object.finalizers().stream().filter(name -> !name.equals(finalizer)).toList());
    }

    private static ObjectNode of(Metadata object, List<String> finalizers) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = patch.putObject("metadata");
        metadata.put("uid", object.uid()).put("resourceVersion", object.resourceVersion());
        ArrayNode list = metadata.putArray("finalizers");
        finalizers.forEach(list::add);
        return patch;
    }
}
