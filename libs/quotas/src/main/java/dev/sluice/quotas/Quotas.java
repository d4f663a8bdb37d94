package dev.sluice.quotas;

import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.quota.ByteSize;
import dev.sluice.fluxapi.quota.TenantQuota;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The quotas there are. Where several cover a namespace, the least of each counts. Safe for use by
 * many threads.
 */
public final class Quotas {

    private final Map<String, TenantQuota> byName = new ConcurrentHashMap<>();

    /**
     * Takes a quota.
     *
     * @return the namespaces that it concerns, before or now; none where nothing changed
     */
    public Set<String> put(TenantQuota quota) {
        TenantQuota old = byName.put(quota.metadata().name(), quota);
        if (old != null && old.spec().equals(quota.spec())) {
            return Set.of();
        }
        Set<String> concerned = new HashSet<>(quota.spec().namespaces());
        concerned.addAll(old == null ? Set.of() : old.spec().namespaces());
        return concerned;
    }

    /** Forgets a quota; the namespaces that it covered. */
    public Set<String> remove(String name) {
        TenantQuota old = byName.remove(name);
        return old == null ? Set.of() : Set.copyOf(old.spec().namespaces());
    }

    Set<String> names() {
        return Set.copyOf(byName.keySet());
    }

    /** How many bytes the files of an artifact may have. */
    public Optional<Bound> artifactBytes(String namespace) {
        return least(namespace, spec -> size(spec.artifactSize()));
    }

    /** How many objects a build may hold. */
    public Optional<Bound> objects(String namespace) {
        return least(namespace, spec -> spec.objects() == null ? null : spec.objects().longValue());
    }

    /** How many milliseconds a build may take. */
    public Optional<Bound> buildMillis(String namespace) {
        return least(namespace, spec -> millis(spec.buildTime()));
    }

    private static @Nullable Long size(@Nullable String size) {
        return size == null ? null : (Long) ByteSize.parse(size);
    }

    private static @Nullable Long millis(@Nullable GoDuration time) {
        return time == null ? null : (Long) time.toDuration().toMillis();
    }

    private Optional<Bound> least(
            String namespace, Function<TenantQuota.Spec, @Nullable Long> dimension) {
        return byName.values().stream()
                .filter(quota -> quota.spec().namespaces().contains(namespace))
                .flatMap(quota ->
                        Optional.ofNullable(dimension.apply(quota.spec())).stream()
                                .map(most -> new Bound(most, said(quota))))
                .min(Comparator.comparingLong(Bound::most));
    }

    private static String said(TenantQuota quota) {
        String contact = quota.spec().contact();
        return "by the quota '"
                + quota.metadata().name()
                + "': ask "
                + (contact == null || contact.isBlank() ? "the platform's operators" : contact)
                + " for more";
    }
}
