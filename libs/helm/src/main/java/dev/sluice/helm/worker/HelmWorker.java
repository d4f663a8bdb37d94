package dev.sluice.helm.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.helm.worker.HelmQuestions.QuestionException;
import dev.sluice.helm.worker.HelmResponse.ObjectRef;
import dev.sluice.helm.worker.WorkerException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running worker process. Requests run side by side. Nothing but the end of its process stops a
 * template: a worker with a request that passed its time takes no new ones, and ends as soon as the
 * other requests are done. Safe for use by many threads.
 *
 * <p>Threads: one platform thread reads what the process writes (a read of a pipe would hold a
 * virtual thread's carrier), and each question is answered on a virtual thread; all end with the
 * process.
 */
final class HelmWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HelmWorker.class);
    private static final int PROTOCOL = 1;
    private static final Duration START = Duration.ofSeconds(30);

    /** One request under way. */
    private static final class Pending {
        private final HelmQuestions questions;
        private final CompletableFuture<HelmResponse> answer = new CompletableFuture<>();

        private final CompletableFuture<Void> rendered = new CompletableFuture<>();

        Pending(HelmRequest request, HelmQuestions questions) {
            this.questions = questions;
            if (request.chart() == null) {
                rendered.complete(null);
            }
        }

        /** Until the templates are rendered, what the process does may be this request's fault. */
        boolean isRendering() {
            return !rendered.isDone() && !answer.isDone();
        }
    }

    /**
     * How long a request may take.
     *
     * @param rendering until its templates are rendered
     * @param whole until it is answered
     */
    record Patience(Duration rendering, Duration whole) {}

    private final Process process;
    private final Frames frames;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final CompletableFuture<Integer> ready = new CompletableFuture<>();
    private final AtomicLong ids = new AtomicLong();
    private volatile boolean ended;
    private volatile boolean retired;

    private HelmWorker(Process process) {
        this.process = process;
        this.frames = new Frames(process.getInputStream(), process.getOutputStream());
    }

    /**
     * Starts a process.
     *
     * @param memory most bytes that it may use
     */
    static HelmWorker start(Path program, WorkerIdentity identity, long memory)
            throws WorkerException, InterruptedException {
        try {
            ProcessBuilder builder = new ProcessBuilder(program.toString(), "-memory=" + memory);
            // Nothing of ours but what is in the pipe: no proxy, no kubeconfig, no credentials.
            builder.environment().clear();
            builder.environment().put("GOGC", "50");
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            HelmWorker worker = new HelmWorker(builder.start());
            Thread.ofPlatform().daemon().name("helm-worker-reader").start(worker::read);
            worker.greet(identity);
            return worker;
        } catch (IOException e) {
            throw new WorkerException(
                    Kind.MISSING, "the Helm worker does not start: " + e.getMessage());
        }
    }

    private void greet(WorkerIdentity identity) throws WorkerException, InterruptedException {
        try {
            send("identity", Frames.JSON.valueToTree(identity));
            int spoken = ready.get(START.toMillis(), TimeUnit.MILLISECONDS);
            if (spoken != PROTOCOL) {
                close();
                throw new WorkerException(
                        Kind.MISSING,
                        "the Helm worker speaks version "
                                + spoken
                                + " of the protocol and not "
                                + PROTOCOL
                                + ": build it from the same sources");
            }
        } catch (IOException | ExecutionException | TimeoutException e) {
            close();
            throw new WorkerException(
                    Kind.MISSING, "the Helm worker does not take the identity " + identity);
        }
    }

    /** Whether it takes requests. */
    boolean isTaking() {
        return !ended && !retired && process.isAlive();
    }

    boolean isEnded() {
        return !process.isAlive();
    }

    boolean isIdle() {
        return pending.isEmpty();
    }

    /** Runs an action and waits for its end. */
    HelmResponse run(HelmRequest request, HelmQuestions questions, Patience patience)
            throws WorkerException, InterruptedException {
        String id = Long.toString(ids.incrementAndGet());
        Pending waiting = new Pending(request, questions);
        pending.put(id, waiting);
        try {
            ObjectNode message = Frames.JSON.valueToTree(request);
            message.put("id", id);
            send("request", message);
            return await(request, waiting, patience);
        } catch (IOException e) {
            throw lost(waiting);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof WorkerException lost ? lost : lost(waiting);
        } finally {
            pending.remove(id);
            if (retired && pending.isEmpty()) {
                close();
            }
        }
    }

    private HelmResponse await(HelmRequest request, Pending waiting, Patience patience)
            throws WorkerException, InterruptedException, ExecutionException {
        Duration limit = patience.rendering();
        try {
            // Where nothing is rendered, or that fails, the answer comes at once.
            CompletableFuture.anyOf(waiting.rendered, waiting.answer)
                    .get(limit.toMillis(), TimeUnit.MILLISECONDS);
            limit = patience.whole();
            return waiting.answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            retired = true;
            if (!waiting.isRendering()) {
                // It may write at any moment, while someone tries again elsewhere.
                close();
            }
            throw new WorkerException(
                    Kind.LIMIT,
                    "the "
                            + request.action()
                            + " took longer than "
                            + limit.toSeconds()
                            + " s and was ended"
                            + (waiting.isRendering() ? " while the chart was rendered" : ""));
        }
    }

    /** The one whose templates were being rendered, alone, is to blame. */
    private WorkerException lost(Pending waiting) {
        boolean suspect =
                waiting.isRendering()
                        && pending.values().stream().filter(Pending::isRendering).count() <= 1;
        return suspect
                ? new WorkerException(
                        Kind.LIMIT,
                        "the Helm worker ended while the chart was rendered: its templates take more memory than they may")
                : new WorkerException(Kind.LOST, "the Helm worker ended in the middle of the work");
    }

    private void send(String kind, JsonNode body) throws IOException {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.set(kind, body);
        frames.write(message);
    }

    private void read() {
        try {
            while (true) {
                take(frames.read());
            }
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("a Helm worker ended");
        } finally {
            ended = true;
            process.destroyForcibly();
            ready.completeExceptionally(new IOException("the process ended"));
            List<Pending> left = new ArrayList<>(pending.values());
            left.forEach(each -> each.answer.completeExceptionally(lost(each)));
        }
    }

    private void take(JsonNode message) throws IOException {
        if (message.has("ready")) {
            ready.complete(message.path("ready").path("protocol").asInt());
        } else if (message.has("response")) {
            JsonNode response = message.get("response");
            Pending waiting = pending.get(response.path("id").asText());
            if (waiting != null) {
                waiting.answer.complete(Frames.JSON.treeToValue(response, HelmResponse.class));
            }
        } else if (message.has("question")) {
            JsonNode question = message.get("question");
            Thread.ofVirtual().name("helm-question").start(() -> answer(question));
        }
    }

    private void answer(JsonNode question) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        reply.put("id", question.path("id").asText());
        Pending asked = pending.get(question.path("request").asText());
        try {
            if (asked == null) {
                reply.put("error", "nobody waits for this any more");
            } else {
                answer(question, asked, reply);
            }
        } catch (QuestionException e) {
            reply.put("error", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reply.put("error", "interrupted");
        } catch (RuntimeException | IOException e) {
            LOG.atError().setCause(e).log("a question of a Helm worker could not be answered");
            reply.put("error", "Sluice failed by a fault of its own, which its log shows");
        }
        try {
            send("reply", reply);
        } catch (IOException e) {
            LOG.debug("a Helm worker ended before it was answered");
        }
    }

    private static void answer(JsonNode question, Pending asked, ObjectNode reply)
            throws QuestionException, InterruptedException, IOException {
        switch (question.path("ask").asText()) {
            case "postRender" -> {
                asked.rendered.complete(null);
                reply.put(
                        "manifest", asked.questions.postRender(question.path("manifest").asText()));
            }
            case "wait" -> {
                List<ObjectRef> objects = new ArrayList<>();
                for (JsonNode object : question.path("objects")) {
                    objects.add(Frames.JSON.treeToValue(object, ObjectRef.class));
                }
                Duration limit =
                        Duration.ofMillis(
                                (long) (question.path("timeoutSeconds").asDouble() * 1000));
                asked.questions.awaitReady(objects, question.path("jobs").asBoolean(), limit);
            }
            default -> reply.put("error", "an unknown question");
        }
    }

    @Override
    public void close() {
        ended = true;
        process.destroyForcibly();
    }
}
