package dev.sluice.fuzz.differential;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real {@code kustomize}, as a program. */
record Program(String path) implements Reference {

    @Override
    public Answer build(Path root, Sample sample) throws IOException {
        List<String> command = new ArrayList<>(List.of(path, "build"));
        command.addAll(sample.flags());
        command.add(root.resolve(sample.target()).toString());
        Path out = Files.createTempFile("out", ".yaml");
        Path errors = Files.createTempFile("errors", ".txt");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(out.toFile())
                            .redirectError(errors.toFile())
                            .start();
            int code = process.waitFor();
            String text = Files.readString(errors, StandardCharsets.UTF_8);
            if (code == 0) {
                return new Answer.Built(Files.readString(out, StandardCharsets.UTF_8));
            }
            return text.contains("panic: ") ? new Answer.Crashed(text) : new Answer.Refused(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(out);
            Files.delete(errors);
        }
    }
}
