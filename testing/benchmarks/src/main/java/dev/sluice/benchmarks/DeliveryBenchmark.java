package dev.sluice.benchmarks;

import dev.sluice.manifests.Bundle;
import dev.sluice.manifests.BundleFormatException;
import dev.sluice.manifests.BundleLimits;
import dev.sluice.manifests.InvalidObjectException;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.ObjectText;
import dev.sluice.manifests.Substitution;
import dev.sluice.manifests.SubstitutionException;
import dev.sluice.manifests.sealing.BundleSeal;
import dev.sluice.sops.DecryptOptions;
import dev.sluice.sops.Format;
import dev.sluice.sops.KeyRing;
import dev.sluice.sops.Recipient;
import dev.sluice.sops.Recipients;
import dev.sluice.sops.SelectionRule;
import dev.sluice.sops.Sops;
import dev.sluice.sops.SopsException;
import dev.sluice.sops.SopsWriter;
import dev.sluice.sops.age.AgeException;
import dev.sluice.sops.age.AgeIdentity;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What is done to a delivery of four objects after its build. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@State(Scope.Benchmark)
public class DeliveryBenchmark {

    private static final String OBJECT =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: app-%d
              namespace: ${namespace}
            spec:
              replicas: 3
              selector:
                matchLabels: {app: app}
              template:
                metadata:
                  labels: {app: app}
                spec:
                  containers:
                  - name: main
                    image: registry.example.com/app:${tag:=v1}
                    env:
                    - {name: CLUSTER, value: "${cluster}"}
            """;

    private final SecureRandom random = new SecureRandom();
    private final AgeIdentity identity = AgeIdentity.generate(random);
    private final BundleSeal seal = new BundleSeal(random);
    private final KeyRing keys = KeyRing.of(List.of(identity));
    private final KeyedDigest digest = new KeyedDigest(new byte[KeyedDigest.KEY_BYTES]);
    private final List<KubernetesObject> objects = new ArrayList<>();
    private byte[] encrypted = new byte[0];
    private byte[] sealed = new byte[0];

    @Setup
    public void prepare() throws InvalidObjectException, SopsException {
        for (int i = 0; i < 4; i++) {
            objects.add(ObjectText.parse(OBJECT.formatted(i)));
        }
        byte[] clear =
                "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  user: admin\n  password: example\n"
                        .getBytes(StandardCharsets.UTF_8);
        encrypted =
                new SopsWriter(random, Clock.systemUTC(), List.of())
                        .encrypt(
                                clear,
                                Format.YAML,
                                Recipients.of(List.of(new Recipient.Age(identity.recipient()))),
                                SelectionRule.DEFAULT,
                                KeyRing.empty());
        sealed = seal.seal(new Bundle(objects), identity.recipient());
    }

    @Benchmark
    public byte[] sopsDecryption() throws SopsException {
        return Sops.decrypt(encrypted, Format.YAML, Format.YAML, keys, DecryptOptions.WITHOUT_MAC);
    }

    @Benchmark
    public List<KubernetesObject> substitution() throws SubstitutionException {
        Substitution substitution =
                new Substitution(Map.of("namespace", "apps", "cluster", "munich"), false);
        List<KubernetesObject> filled = new ArrayList<>(objects.size());
        for (KubernetesObject object : objects) {
            filled.add(substitution.fill(object));
        }
        return filled;
    }

    @Benchmark
    public byte[] sealing() {
        return seal.seal(new Bundle(objects), identity.recipient());
    }

    @Benchmark
    public Bundle opening() throws BundleFormatException, AgeException {
        return BundleSeal.open(sealed, List.of(identity), BundleLimits.DEFAULT);
    }

    @Benchmark
    public String digest() {
        return digest.of(objects);
    }
}
