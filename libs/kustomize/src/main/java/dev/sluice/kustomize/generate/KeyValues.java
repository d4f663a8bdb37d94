package dev.sluice.kustomize.generate;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.load.Loader;
import dev.sluice.kustomize.model.GeneratorArgs;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the keys and values of a generator's entry: environment files, literals, files. */
final class KeyValues {

    /**
     * A line that does not fit into this many bytes ends the reading of its file without a word, as
     * upstream.
     */
    private static final int MAX_LINE = 64 * 1024;

    private final Loader loader;
    private final String name;
    private final SortedMap<String, byte[]> values = new TreeMap<>();

    private KeyValues(Loader loader, String name) {
        this.loader = loader;
        this.name = name;
    }

    static SortedMap<String, byte[]> read(GeneratorArgs args, Loader loader) throws BuildException {
        KeyValues reader = new KeyValues(loader, args.identity().name());
        try {
            reader.readAll("env source files: ", args.envs(), reader::envFile);
            reader.readAll("literal sources ", args.literals(), reader::literal);
            reader.readAll("file sources: ", args.files(), reader::file);
        } catch (RepeatedKey e) {
            throw new BuildException(e.getMessage(), e);
        } catch (BuildException e) {
            throw e.within("loading KV pairs");
        }
        return reader.values;
    }

    @FunctionalInterface
    private interface Source {
        void read(String text) throws BuildException;
    }

    private static final class RepeatedKey extends BuildException {
        RepeatedKey(String message) {
            super(message);
        }
    }

    private void readAll(String what, List<String> sources, Source source) throws BuildException {
        for (String text : sources) {
            try {
                source.read(text);
            } catch (RepeatedKey e) {
                throw e;
            } catch (BuildException e) {
                throw e.within(what + "[" + String.join(" ", sources) + "]");
            }
        }
    }

    private void add(String key, byte[] value) throws BuildException {
        if (values.putIfAbsent(key, value) != null) {
            throw new RepeatedKey("configmap " + name + " illegally repeats the key `" + key + "`");
        }
    }

    private void literal(String text) throws BuildException {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new BuildException("invalid literal source " + text + ", expected key=value");
        }
        add(
                text.substring(0, equals),
                unquote(text.substring(equals + 1)).getBytes(StandardCharsets.UTF_8));
    }

    private static String unquote(String text) {
        int last = text.length() - 1;
        boolean quoted =
                last > 0
                        && text.charAt(0) == text.charAt(last)
                        && (text.charAt(0) == '"' || text.charAt(0) == '\'');
        return quoted ? text.substring(1, last) : text;
    }

    private void file(String text) throws BuildException {
        int equals = text.indexOf('=');
        if (equals < 0) {
            add(text.substring(text.lastIndexOf('/') + 1), loader.load(text));
            return;
        }
        if (text.indexOf('=', equals + 1) >= 0) {
            throw new BuildException("source \"" + text + "\" key name or file path contains '='");
        }
        String key = text.substring(0, equals);
        String path = text.substring(equals + 1);
        if (key.isEmpty()) {
            throw new BuildException(
                    "missing key name for file path \"" + path + "\" in source \"" + text + "\"");
        }
        if (path.isEmpty()) {
            throw new BuildException(
                    "missing file path for key name \"" + key + "\" in source \"" + text + "\"");
        }
        add(key, loader.load(path));
    }

    private void envFile(String path) throws BuildException {
        byte[] content = loader.load(path);
        int start = 0;
        int number = 0;
        while (start < content.length) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            if (end - start >= MAX_LINE) {
                return;
            }
            int stop = end > start && content[end - 1] == '\r' ? end - 1 : end;
            envLine(decode(content, start, stop, number), number);
            number++;
            start = end + 1;
        }
    }

    private static String decode(byte[] content, int start, int end, int number)
            throws BuildException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content, start, end - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BuildException("line " + (number + 1) + " has invalid utf8 bytes", e);
        }
    }

    private void envLine(String written, int number) throws BuildException {
        String line = number == 0 && written.startsWith("\uFEFF") ? written.substring(1) : written;
        int first = 0;
        while (first < line.length() && isSpace(line.charAt(first))) {
            first++;
        }
        if (first == line.length() || line.charAt(first) == '#') {
            return;
        }
        int equals = line.indexOf('=', first);
        String key = equals < 0 ? line.substring(first) : line.substring(first, equals);
        String value = equals < 0 ? "" : line.substring(equals + 1);
        if (!key.isEmpty()) {
            add(key, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What Go takes for white space. */
    private static boolean isSpace(char character) {
        return Character.isSpaceChar(character)
                || (character >= '\t' && character <= '\r')
                || character == '\u0085';
    }
}
