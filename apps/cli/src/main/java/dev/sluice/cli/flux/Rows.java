package dev.sluice.cli.flux;

import java.util.ArrayList;
import java.util.List;

/**
 * The columns of {@code get}.
 *
 * @param withNamespace whether the objects are of several namespaces
 * @param withKind whether they are of several kinds
 */
public record Rows(boolean withNamespace, boolean withKind) {

    public List<String> header(ServedKind kind) {
        var header = new ArrayList<String>();
        if (withNamespace) {
            header.add("NAMESPACE");
        }
        header.add("NAME");
        if (hasRevision(kind)) {
            header.add("REVISION");
        }
        if (kind.hasStatus()) {
            header.addAll(List.of("SUSPENDED", "READY", "MESSAGE"));
        } else {
            header.add("SUSPENDED");
        }
        return header;
    }

    public List<String> row(LiveObject object) {
        var row = new ArrayList<String>();
        if (withNamespace) {
            row.add(object.namespace());
        }
        row.add(withKind ? object.kind().singular() + "/" + object.name() : object.name());
        if (hasRevision(object.kind())) {
            row.add(LiveObject.shortened(object.revision()));
        }
        row.add(object.isSuspended() ? "True" : "False");
        if (object.kind().hasStatus()) {
            row.add(object.ready());
            row.add(LiveObject.shortened(object.message()));
        }
        return row;
    }

    private static boolean hasRevision(ServedKind kind) {
        return kind.hasStatus() && !kind.name().equals("Receiver");
    }
}
