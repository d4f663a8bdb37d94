package dev.sluice.fuzz.differential;

import java.util.Map;

/** Puts files beside a kustomization, each under a name of its own. */
final class RandomFiles {

    private final Pick pick;
    private final Map<String, String> files;
    private final String directory;
    private int number;

    RandomFiles(Pick pick, Map<String, String> files, String directory) {
        this.pick = pick;
        this.files = files;
        this.directory = directory;
    }

    String file(String name, Map<String, Object> content) {
        return text(name, ".yaml", new YamlText(pick).of(content));
    }

    String text(String name, String end, String content) {
        String file = name + number++ + end;
        files.put(directory + "/" + file, content);
        return file;
    }
}
