package dev.sluice.audit.log;

import dev.sluice.audit.LogVisitor;
import dev.sluice.events.Topic;
import java.io.IOException;
import java.util.Collection;

/** Topics that can be read from their beginning to their present end. */
public interface RecordLog {

    /**
     * Reads.
     *
     * @throws IOException where it is not there or cannot be read; the message says what to do
     */
    void read(Collection<Topic> topics, LogVisitor visitor) throws IOException;
}
