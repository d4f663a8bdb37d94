package dev.sluice.kustomize.resource;

import dev.sluice.kustomize.api.BuildException;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a file into its documents by its text alone, before any YAML is read: at each line that
 * starts with {@code ---}, the first line excepted.
 */
final class DocumentSplitter {

    private static final String SEPARATOR = "\n---";

    private DocumentSplitter() {}

    /**
     * @throws BuildException where something else than a comment stands behind a separator
     */
    static List<String> split(String text) throws BuildException {
        String unix = text.indexOf('\r') >= 0 ? text.replace("\r\n", "\n") : text;
        List<String> documents = new ArrayList<>(1);
        int start = 0;
        int from = 0;
        while (true) {
            int at = unix.indexOf(SEPARATOR, from);
            int end = at < 0 ? -1 : unix.indexOf('\n', at + SEPARATOR.length());
            if (end < 0) {
                break;
            }
            String line = unix.substring(at + 1, end);
            String rest = line.substring(3).strip();
            if (!rest.isEmpty() && rest.charAt(0) != '#') {
                throw new BuildException("invalid document separator: " + line.strip());
            }
            documents.add(unix.substring(start, at) + "\n");
            start = end + 1;
            // The newline that ends one separator can't begin the next.
            from = start;
        }
        if (!unix.isEmpty()) {
            documents.add(unix.substring(start));
        }
        return documents;
    }
}
