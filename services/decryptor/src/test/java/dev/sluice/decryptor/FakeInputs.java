package dev.sluice.decryptor;

import dev.sluice.events.DeliveryId;
import dev.sluice.sops.kms.WorkloadIdentity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Secrets and ConfigMaps in memory: their versions and their content. */
final class FakeInputs implements InputVersions, InputReader {

    private final Map<NamedObject, Map<String, byte[]>> objects = new LinkedHashMap<>();
    private final Map<NamedObject, Integer> versions = new LinkedHashMap<>();
    final List<NamedObject> reads = new ArrayList<>();
    final Map<DeliveryId, List<NamedObject>> followed = new LinkedHashMap<>();

    void put(String kind, String name, Map<String, String> entries) {
        NamedObject object = new NamedObject(kind, Deliveries.NAMESPACE, name);
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        entries.forEach((key, text) -> bytes.put(key, text.getBytes(StandardCharsets.UTF_8)));
        objects.put(object, bytes);
        versions.merge(object, 1, Integer::sum);
    }

    @Override
    public Optional<Map<String, byte[]>> read(NamedObject object) {
        reads.add(object);
        return Optional.ofNullable(objects.get(object));
    }

    @Override
    public Optional<WorkloadIdentity> identity(NamedObject account) {
        return Optional.empty();
    }

    @Override
    public Map<NamedObject, String> follow(DeliveryId delivery, List<NamedObject> named) {
        followed.put(delivery, named);
        Map<NamedObject, String> now = new TreeMap<>(NamedObject.ORDER);
        for (NamedObject object : named) {
            now.put(
                    object,
                    objects.containsKey(object)
                            ? String.valueOf(versions.get(object))
                            : InputVersions.MISSING);
        }
        return now;
    }

    @Override
    public void forget(DeliveryId delivery) {
        followed.remove(delivery);
    }
}
