package dev.sluice.sops;

import dev.sluice.sops.document.Branch;
import dev.sluice.sops.document.Comment;
import dev.sluice.sops.document.Entry;
import dev.sluice.sops.document.Items;
import dev.sluice.sops.document.Leaf;
import dev.sluice.sops.document.Member;
import dev.sluice.sops.document.Nothing;
import dev.sluice.sops.document.Text;
import dev.sluice.sops.document.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One walk over the documents of a file: decrypts what the rule selects and sums up. */
final class TreeDecryption {
    private final byte[] key;
    private final Selection selection;
    private final Checksum checksum;

    TreeDecryption(byte[] key, Selection selection, Checksum checksum) {
        this.key = key;
        this.selection = selection;
        this.checksum = checksum;
    }

    Branch decrypt(Branch document) throws SopsException {
        return branch(document, Scope.top(selection));
    }

    private Branch branch(Branch branch, Scope scope) throws SopsException {
        List<Member> members = new ArrayList<>(branch.members().size());
        for (Member member : branch.members()) {
            switch (member) {
                case Comment comment -> members.add(comment(comment, scope));
                case Entry(String name, Value value) -> {
                    Scope below = scope.under(name);
                    Value clear = value(value, below);
                    if (clear instanceof Comment) {
                        throw new SopsException(
                                SopsException.Kind.VALUE,
                                "the value at "
                                        + below.shown()
                                        + " decrypts to a comment: its type was changed",
                                below.shown());
                    }
                    members.add(new Entry(name, clear));
                    scope.afterValue();
                }
            }
        }
        return new Branch(members);
    }

    private Value value(Value value, Scope scope) throws SopsException {
        return switch (value) {
            case Branch branch -> branch(branch, scope.inside());
            case Items items -> items(items, scope.inside());
            case Comment comment -> comment(comment, scope);
            case Nothing nothing -> nothing;
            case Leaf leaf -> leaf(leaf, scope);
        };
    }

    private Items items(Items items, Scope scope) throws SopsException {
        List<Value> values = new ArrayList<>(items.values().size());
        for (Value item : items.values()) {
            Optional<Envelope> comment = encryptedComment(item);
            if (comment.isPresent() && item instanceof Text text) {
                values.add(
                        scope.selectsComment(text.string())
                                ? comment.get().open(key, scope.additionalData(), scope.shown())
                                : clear(text));
                continue;
            }
            values.add(value(item, scope));
            if (!(item instanceof Comment)) {
                scope.afterValue();
            }
        }
        return new Items(values);
    }

    /**
     * In a list an encrypted comment stands as an item; to later items it is the comment that it
     * was.
     */
    private static Optional<Envelope> encryptedComment(Value item) {
        return item instanceof Text text
                ? Envelope.parse(text.string()).filter(Envelope::isComment)
                : Optional.empty();
    }

    private Comment comment(Comment comment, Scope scope) throws SopsException {
        if (!scope.selectsComment(comment.text())) {
            return comment;
        }
        Optional<Envelope> envelope = Envelope.parse(comment.text());
        if (envelope.isEmpty()) {
            return comment;
        }
        try {
            Leaf opened = envelope.get().open(key, scope.additionalData(), scope.shown());
            // Above its value from now on, wherever it stood: that is how SOPS writes it.
            return opened instanceof Comment clear ? clear : comment;
        } catch (SopsException e) {
            // Older files have comments in clear between encrypted values, and a comment can say
            // anything.
            return comment;
        }
    }

    private Leaf leaf(Leaf leaf, Scope scope) throws SopsException {
        if (!scope.selects()) {
            return clear(leaf);
        }
        if (!(leaf instanceof Text text)) {
            throw inClear(scope);
        }
        Leaf opened =
                text.isEmpty()
                        ? text
                        : Envelope.parse(text.string())
                                .orElseThrow(() -> inClear(scope))
                                .open(key, scope.additionalData(), scope.shown());
        checksum.take(opened, true);
        return opened;
    }

    private Leaf clear(Leaf leaf) {
        checksum.take(leaf, false);
        return leaf;
    }

    private static SopsException inClear(Scope scope) {
        return new SopsException(
                SopsException.Kind.VALUE,
                "the value at "
                        + scope.shown()
                        + " is in clear (or damaged), and by the file's rule it must be encrypted: encrypt the file again",
                scope.shown());
    }
}
