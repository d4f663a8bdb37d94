package dev.sluice.notifier.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Keeps requests and answers them: as told, then with 200 and an empty list. */
final class RecordedExchange implements Exchange {

    static final ObjectMapper JSON = new ObjectMapper();

    final List<Request> requests = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();

    static Answer answer(int status, String body) {
        return new Answer(status, body.getBytes(StandardCharsets.UTF_8), null);
    }

    RecordedExchange answering(Answer... first) {
        answers.addAll(Arrays.asList(first));
        return this;
    }

    @Override
    public Answer send(Request request) {
        requests.add(request);
        Answer told = answers.poll();
        return told == null ? answer(200, "[]") : told;
    }

    @Override
    public Instant now() {
        return Instant.parse("2026-11-23T07:05:10Z");
    }

    JsonNode body(int i) throws IOException {
        return JSON.readTree(requests.get(i).body());
    }
}
