package dev.sluice.events;

/**
 * Where an event stands in the life of one delivery. A stage drops what is older than what it has
 * done (fencing).
 *
 * @param uid uid of the object; another uid is another life, of which only the living one counts
 * @param generation {@code metadata.generation} of the object that was read
 * @param source sequence of the source's artifact, see {@link SourceChanged#sequence}; 0 where no
 *     source was found
 * @param inputs sequence of the decryptor, which grows when a key, a variable or a request changes
 *     what it reveals; 0 before it
 */
public record Position(String uid, long generation, long source, long inputs) {

    /** True where this happened before the other in the same life. */
    public boolean before(Position other) {
        if (!uid.equals(other.uid)) {
            return false;
        }
        if (generation != other.generation) {
            return generation < other.generation;
        }
        if (source != other.source) {
            return source < other.source;
        }
        return inputs < other.inputs;
    }

    public Position withInputs(long sequence) {
        return new Position(uid, generation, source, sequence);
    }
}
