package dev.sluice.standalone.bench;

import com.sun.management.OperatingSystemMXBean;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What was spent up to a moment.
 *
 * @param nanos on a clock that only goes forward
 * @param cpuNanos of this process
 * @param requests that the API server has answered, to anybody, watches left out; -1 where it does
 *     not tell
 */
record Cost(long nanos, long cpuNanos, long requests) {

    private static final Pattern ANSWERED =
            Pattern.compile("(?m)^apiserver_request_total\\{([^}]*)} ([0-9.e+]+)$");
    private static final Pattern MEMORY = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");

    static Cost now(KubernetesClient client) {
        return new Cost(
                System.nanoTime(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getProcessCpuTime(),
                requests(client));
    }

    Cost since(Cost before) {
        return new Cost(
                nanos - before.nanos,
                cpuNanos - before.cpuNanos,
                requests < 0 || before.requests < 0 ? -1 : requests - before.requests);
    }

    double seconds() {
        return nanos / 1e9;
    }

    double cpuSeconds() {
        return cpuNanos / 1e9;
    }

    /** Resident memory of this process in MiB; -1 where the system does not tell. */
    static long memory() {
        try {
            Matcher found = MEMORY.matcher(Files.readString(Path.of("/proc/self/status")));
            return found.find() ? Long.parseLong(found.group(1)) / 1024 : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private static long requests(KubernetesClient client) {
        try {
            return requests(client.raw("/metrics"));
        } catch (KubernetesClientException e) {
            return -1;
        }
    }

    static long requests(@Nullable String metrics) {
        if (metrics == null) {
            return -1;
        }
        long sum = 0;
        Matcher lines = ANSWERED.matcher(metrics);
        while (lines.find()) {
            String labels = lines.group(1);
            if (!labels.contains("verb=\"WATCH\"")) {
                sum += (long) Double.parseDouble(lines.group(2));
            }
        }
        return sum;
    }
}
