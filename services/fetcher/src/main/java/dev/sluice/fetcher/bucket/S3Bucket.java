package dev.sluice.fetcher.bucket;

import dev.sluice.fetcher.http.WebAccess;
import dev.sluice.fetcher.http.WebAnswer;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fetcher.http.WebClient.Call;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads one bucket of a store that speaks S3. */
final class S3Bucket {

    private static final int MAX_LISTING = 8 << 20;
    private static final String DEFAULT_REGION = "us-east-1";

    private final WebClient web;
    private final Place place;
    private final Clock clock;
    private String region;

    /**
     * Where a bucket is.
     *
     * @param endpoint {@code host} or {@code host:port}
     * @param plainHttp whether without TLS
     * @param region empty for the store's own default
     */
    record Place(
            WebAccess access,
            S3Keys keys,
            String endpoint,
            boolean plainHttp,
            String bucket,
            String region) {}

    S3Bucket(WebClient web, Place place, Clock clock) {
        this.web = web;
        this.place = place;
        this.clock = clock;
        this.region = place.region().isEmpty() ? DEFAULT_REGION : place.region();
    }

    /**
     * The objects whose keys start with the prefix, without those that stand for directories.
     *
     * @param most more is an error
     */
    List<S3Listing.Entry> list(String prefix, int most) throws IOException, InterruptedException {
        List<S3Listing.Entry> entries = new ArrayList<>();
        String token = "";
        do {
            TreeMap<String, String> query = new TreeMap<>();
            query.put("list-type", "2");
            query.put("max-keys", "1000");
            query.put("prefix", prefix);
            if (!token.isEmpty()) {
                query.put("continuation-token", token);
            }
            S3Listing page = S3Listing.read(ask("", query, MAX_LISTING).body());
            page.entries().stream()
                    .filter(entry -> !entry.key().endsWith("/"))
                    .forEach(entries::add);
            if (entries.size() > most) {
                throw new IOException(
                        "the bucket has more than the %d objects allowed".formatted(most));
            }
            token = page.next();
        } while (!token.isEmpty());
        return entries;
    }

    /** The bytes of an object. */
    byte[] get(String key, long maxBytes) throws IOException, InterruptedException {
        return ask(key, Map.of(), maxBytes).body();
    }

    /** Whether there is an object of that key, and its bytes. */
    byte[] getIfThere(String key, long maxBytes) throws IOException, InterruptedException {
        WebAnswer answer = send(key, Map.of(), maxBytes);
        if (answer.status() == 404 && answer.text().contains("NoSuchKey")) {
            return new byte[0];
        }
        return checked(answer).body();
    }

    private WebAnswer ask(String key, Map<String, String> query, long maxBytes)
            throws IOException, InterruptedException {
        return checked(send(key, query, maxBytes));
    }

    private WebAnswer send(String key, Map<String, String> query, long maxBytes)
            throws IOException, InterruptedException {
        WebAnswer answer = once(key, query, maxBytes);
        String home = answer.header("x-amz-bucket-region");
        if (!answer.isOk() && !home.isEmpty() && !home.equals(region)) {
            region = home;
            return once(key, query, maxBytes);
        }
        return answer;
    }

    private WebAnswer once(String key, Map<String, String> query, long maxBytes)
            throws IOException, InterruptedException {
        URI uri = uri(key, query);
        Map<String, String> headers =
                new S3Signature(region, place.keys()).headers("GET", uri, clock.instant());
        return web.send(place.access(), Call.get(uri, headers), maxBytes);
    }

    private static WebAnswer checked(WebAnswer answer) throws IOException {
        if (!answer.isOk()) {
            throw new IOException(
                    "the store answers %d %s"
                            .formatted(answer.status(), S3Listing.errorCode(answer.body()))
                            .strip());
        }
        return answer;
    }

    /** Amazon's own store has a host for each bucket, others have a path. */
    private URI uri(String key, Map<String, String> query) throws IOException {
        boolean hosted =
                place.endpoint().endsWith(".amazonaws.com") && place.bucket().indexOf('.') < 0;
        StringBuilder text = new StringBuilder(place.plainHttp() ? "http://" : "https://");
        if (hosted) {
            text.append(place.bucket()).append('.').append(place.endpoint()).append('/');
        } else {
            text.append(place.endpoint()).append('/').append(encoded(place.bucket()));
            text.append(key.isEmpty() ? "" : "/");
        }
        List<String> segments = new ArrayList<>();
        for (String segment : key.split("/", -1)) {
            segments.add(encoded(segment));
        }
        text.append(String.join("/", segments));
        List<String> parameters = new ArrayList<>();
        query.forEach((name, value) -> parameters.add(encoded(name) + "=" + encoded(value)));
        if (!parameters.isEmpty()) {
            text.append('?').append(String.join("&", parameters));
        }
        try {
            return URI.create(text.toString());
        } catch (IllegalArgumentException e) {
            throw new IOException("spec.endpoint '%s' is no host".formatted(place.endpoint()), e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
