package dev.sluice.helm.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * A worker process that does nothing. The release's name says how it goes: {@code hangs} is never
 * rendered, {@code ends} takes the process with it, {@code slow} asks for a post-rendering and is
 * answered when that is done; all others are answered at once.
 */
final class FakeWorker {

    private static final Frames FRAMES = new Frames(System.in, System.out);

    private FakeWorker() {}

    public static void main(String[] args) throws IOException {
        String waiting = "";
        while (true) {
            JsonNode message = FRAMES.read();
            JsonNode request = message.path("request");
            String release = request.path("release").asText();
            if (message.has("identity")) {
                say("ready", said -> said.put("protocol", 1).put("helm", "none"));
            } else if (message.has("reply")) {
                answer(waiting);
            } else if (release.equals("ends")) {
                Runtime.getRuntime().halt(3);
            } else if (release.equals("slow")) {
                String id = request.path("id").asText();
                waiting = id;
                say(
                        "question",
                        said -> said.put("id", "1").put("request", id).put("ask", "postRender"));
            } else if (!release.equals("hangs")) {
                answer(request.path("id").asText());
            }
        }
    }

    /** Tells which process it was. */
    private static void answer(String id) throws IOException {
        String process = Long.toString(ProcessHandle.current().pid());
        say("response", said -> said.put("id", id).put("configDigest", process));
    }

    private static void say(String kind, Consumer<ObjectNode> body) throws IOException {
        ObjectNode frame = Frames.JSON.createObjectNode();
        body.accept(frame.putObject(kind));
        FRAMES.write(frame);
    }
}
