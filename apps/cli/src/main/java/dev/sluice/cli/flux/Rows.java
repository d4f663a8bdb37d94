package dev.sluice.cli.flux;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of {@code get}.
 *
 * @param withNamespace whether the objects are of several namespaces
 * @param withKind whether they are of several kinds
 * @param wideAt the present time, where age and origin are shown too; null where not
 */
public record Rows(boolean withNamespace, boolean withKind, @Nullable Instant wideAt) {

    private static final String PROVIDER = "Provider";

    public List<String> header(ServedKind kind) {
        var header = new ArrayList<String>();
        if (withNamespace) {
            header.add("NAMESPACE");
        }
        header.add("NAME");
        if (hasRevision(kind)) {
            header.add("REVISION");
        }
        if (!kind.name().equals(PROVIDER)) {
            header.add("SUSPENDED");
        }
        header.addAll(List.of("READY", "MESSAGE"));
        if (wideAt != null) {
            header.addAll(List.of("AGE", "SOURCE"));
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
        if (!object.kind().name().equals(PROVIDER)) {
            row.add(object.isSuspended() ? "True" : "False");
        }
        if (object.kind().hasStatus()) {
            row.add(object.ready());
            row.add(LiveObject.shortened(object.message()));
        } else {
            // What nothing reconciles is as it should be once it is there.
            row.add("True");
            row.add(object.kind().name() + " is Ready");
        }
        if (wideAt != null) {
            row.add(
                    object.created()
                            .map(created -> Age.of(Duration.between(created, wideAt)))
                            .orElse(""));
            row.add(object.origin());
        }
        return row;
    }

    private static boolean hasRevision(ServedKind kind) {
        return kind.hasStatus() && !kind.name().equals("Receiver");
    }
}
