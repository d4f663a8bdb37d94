package dev.sluice.sops.document;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads INI as gopkg.in/ini.v1 does with its defaults: {@code =} or {@code :} end a key, a {@code
 * #} or {@code ;} anywhere begins a comment, a backslash at the end goes on in the next line,
 * quotes around a value are taken off, triple quotes and backticks hold anything, newlines too.
 */
final class IniReader {
    private static final String TRIPLE = "\"\"\"";

    private final String[] lines;
    private int at;
    private final StringBuilder comment = new StringBuilder();
    private final List<IniSection> sections = new ArrayList<>();

    IniReader(String content) {
        lines = (content.startsWith("\ufeff") ? content.substring(1) : content).split("(?<=\n)");
    }

    List<IniSection> sections() throws MalformedDocumentException {
        sections.add(new IniSection(IniFormat.DEFAULT_SECTION, ""));
        while (at < lines.length) {
            String line = lines[at++].stripLeading();
            if (line.isEmpty()) {
                continue;
            }
            char first = line.charAt(0);
            if (first == '#' || first == ';') {
                comment.append(line);
            } else if (first == '[') {
                section(line);
            } else {
                key(line);
            }
        }
        return sections;
    }

    private void section(String line) throws MalformedDocumentException {
        int close = line.lastIndexOf(']');
        if (close < 2) {
            throw malformed("a section without a name or a closing bracket");
        }
        comment(line.substring(close + 1));
        sections.add(new IniSection(line.substring(1, close), takeComment()));
    }

    private void key(String line) throws MalformedDocumentException {
        String quote =
                line.startsWith(TRIPLE)
                        ? TRIPLE
                        : line.startsWith("\"") ? "\"" : line.startsWith("`") ? "`" : "";
        int nameEnd = quote.isEmpty() ? 0 : line.indexOf(quote, quote.length());
        if (nameEnd < 0) {
            throw malformed("a quoted key that does not end");
        }
        int delimiter = delimiter(line, nameEnd);
        if (delimiter <= 0) {
            throw malformed("neither a section nor a key with a value");
        }
        String name =
                (quote.isEmpty()
                                ? line.substring(0, delimiter)
                                : line.substring(quote.length(), nameEnd))
                        .strip();
        if (name.isEmpty()) {
            throw malformed("a key without a name");
        }
        String value = value(line.substring(delimiter + 1));
        sections.getLast().put(name, value, takeComment());
    }

    private static int delimiter(String line, int from) {
        int equals = line.indexOf('=', from);
        int colon = line.indexOf(':', from);
        return equals < 0 ? colon : colon < 0 ? equals : Math.min(equals, colon);
    }

    private String value(String rest) throws MalformedDocumentException {
        String line = rest.stripLeading();
        if (line.isEmpty()) {
            return "";
        }
        String quote =
                line.length() > 3 && line.startsWith(TRIPLE)
                        ? TRIPLE
                        : line.startsWith("`") ? "`" : "";
        if (!quote.isEmpty()) {
            int end = line.lastIndexOf(quote);
            return end > 0
                    ? line.substring(quote.length(), end)
                    : manyLines(line.substring(quote.length()), quote);
        }
        line = line.strip();
        if (line.endsWith("\\")) {
            return continued(line.substring(0, line.length() - 1));
        }
        int commentAt = commentStart(line);
        if (commentAt >= 0) {
            comment.append(line.substring(commentAt));
            line = line.substring(0, commentAt).strip();
        }
        return isQuoted(line, '\'') || isQuoted(line, '"')
                ? line.substring(1, line.length() - 1)
                : line;
    }

    private String manyLines(String start, String quote) throws MalformedDocumentException {
        StringBuilder value = new StringBuilder(start);
        while (at < lines.length) {
            String next = lines[at++];
            int end = next.lastIndexOf(quote);
            if (end >= 0) {
                comment(next.substring(end));
                return value.append(next, 0, end).toString();
            }
            value.append(next);
        }
        throw malformed("a quoted value that does not end");
    }

    private String continued(String start) {
        StringBuilder value = new StringBuilder(start);
        while (at < lines.length) {
            String next = lines[at++].strip();
            value.append(next);
            if (!next.endsWith("\\")) {
                break;
            }
            value.setLength(value.length() - 1);
        }
        return value.toString();
    }

    private void comment(String rest) {
        int start = commentStart(rest);
        if (start >= 0) {
            comment.append(rest.substring(start));
        }
    }

    private String takeComment() {
        String taken = comment.toString().strip();
        comment.setLength(0);
        return taken;
    }

    private static int commentStart(String line) {
        int hash = line.indexOf('#');
        int semicolon = line.indexOf(';');
        return hash < 0 ? semicolon : semicolon < 0 ? hash : Math.min(hash, semicolon);
    }

    private static boolean isQuoted(String line, char quote) {
        return line.length() >= 2
                && line.charAt(0) == quote
                && line.indexOf(quote, 1) == line.length() - 1;
    }

    private MalformedDocumentException malformed(String what) {
        return new MalformedDocumentException("line " + at + ": " + what);
    }
}
