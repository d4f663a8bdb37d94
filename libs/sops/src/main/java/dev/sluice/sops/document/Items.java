package dev.sluice.sops.document;

import java.util.List;

/** A list; comments between items stand among them. */
public record Items(List<Value> values) implements Value {
    public Items {
        values = List.copyOf(values);
    }

    @Override
    public String toString() {
        return "Items of " + values.size();
    }
}
