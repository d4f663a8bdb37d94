package dev.sluice.sops;

import java.util.ArrayList;
import java.util.List;

/**
 * A change of who can open a file.
 *
 * @param add new recipients; of several key groups they join the first
 * @param remove public names of recipients that are to go
 * @param newDataKey encrypt everything again, even when nobody goes
 */
public record RecipientChange(List<Recipient> add, List<String> remove, boolean newDataKey) {
    public RecipientChange {
        add = List.copyOf(add);
        remove = List.copyOf(remove);
    }

    /** Whether the file is as it would be afterwards. */
    boolean isDone(Metadata metadata) {
        return !newDataKey
                && missing(metadata).isEmpty()
                && metadata.recipients().stream().noneMatch(remove::contains);
    }

    /**
     * With several key groups each holds a share of the key, and a share cannot be made from the
     * key alone.
     */
    boolean needsNewDataKey(Metadata metadata) {
        return newDataKey
                || metadata.groups().size() > 1
                || metadata.recipients().stream().anyMatch(remove::contains);
    }

    /** Those of the new recipients that the file does not have. */
    List<Recipient> missing(Metadata metadata) {
        return add.stream()
                .filter(recipient -> !metadata.recipients().contains(recipient.toString()))
                .toList();
    }

    /** Who can open the file afterwards. */
    Recipients apply(Metadata metadata, KeyRing keys) throws SopsException {
        List<List<Recipient>> groups = new ArrayList<>();
        for (List<KeyEntry> group : metadata.groups()) {
            List<Recipient> left = new ArrayList<>();
            for (KeyEntry entry : group) {
                if (!remove.contains(entry.shown())) {
                    left.add(recipient(entry, keys));
                }
            }
            groups.add(left);
        }
        groups.getFirst().addAll(missing(metadata));
        if (groups.stream().anyMatch(List::isEmpty)) {
            throw new SopsException(
                    SopsException.Kind.FORMAT,
                    "nobody would be left who can open the file: add a recipient in the same step",
                    "sops",
                    metadata.recipients());
        }
        return new Recipients(
                groups, metadata.groups().size() == 1 ? 0 : Math.max(2, metadata.threshold()));
    }

    private static Recipient recipient(KeyEntry entry, KeyRing keys) throws SopsException {
        return switch (entry) {
            case KeyEntry.Age age -> Recipient.parse(age.recipient());
            case KeyEntry.Pgp pgp -> new Recipient.Pgp(keys.pgpKey(pgp.fingerprint()));
            case KeyEntry.Service service -> new Recipient.Service(service.key().unwrapped());
        };
    }
}
