package dev.sluice.e2e;

import dev.sluice.broker.EmbeddedBroker;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * A broker that lets in whom it knows and lets him do what he may: the topics, the users and their
 * rights are those of {@code deploy/topics}, made as Strimzi's operators make them. Users log in
 * with a password, for want of certificates.
 */
final class SecuredKafka implements AutoCloseable {

    private static final Path OBJECTS = SluiceProcess.ROOT.resolve("deploy/topics");
    private static final String ADMIN = "admin";
    private static final long SECONDS = 60;

    private final Path directory;
    private final Map<String, String> passwords = new HashMap<>();
    private EmbeddedBroker broker;

    SecuredKafka(Path directory, KubernetesClient reader) throws Exception {
        this.directory = directory;
        List<GenericKubernetesResource> users = objects(reader, "users.yaml");
        passwords.put(ADMIN, UUID.randomUUID().toString());
        users.forEach(
                user -> passwords.put(user.getMetadata().getName(), UUID.randomUUID().toString()));
        broker = EmbeddedBroker.start(directory, 0, settings());
        try (Admin admin = Admin.create(settings(ADMIN))) {
            admin.createTopics(objects(reader, "topics.yaml").stream().map(this::topic).toList())
                    .all()
                    .get(SECONDS, TimeUnit.SECONDS);
            admin.createAcls(users.stream().flatMap(user -> rights(user).stream()).toList())
                    .all()
                    .get(SECONDS, TimeUnit.SECONDS);
        }
    }

    /** How a client logs in. */
    Map<String, Object> settings(String user) {
        return Map.of(
                "bootstrap.servers",
                broker.address(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                login(user));
    }

    /** The same as the environment of a service. */
    Map<String, String> environment(String user) {
        Map<String, String> environment = new HashMap<>();
        settings(user)
                .forEach((name, value) ->
                        environment.put(
                                "KAFKA_" + name.replace('.', '_').toUpperCase(Locale.ROOT),
                                value.toString()));
        return environment;
    }

    void stop() {
        broker.close();
    }

    /** At the same address, with the same log. */
    void startAgain() {
        int port = Integer.parseInt(broker.address().replaceAll(".*:", ""));
        broker = EmbeddedBroker.start(directory, port, settings());
    }

    @Override
    public void close() {
        broker.close();
    }

    private String login(String user) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(user, passwords.get(user));
    }

    private Map<String, String> settings() {
        StringBuilder known = new StringBuilder(login(ADMIN).replace(";", ""));
        passwords.forEach(
                (user, password) -> known.append(" user_%s=\"%s\"".formatted(user, password)));
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "listener.security.protocol.map", "BROKER:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.put("listener.name.broker.plain.sasl.jaas.config", known.append(';').toString());
        settings.put(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // The broker asks its own controller without a name; at the door for clients nobody is.
        settings.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
        return settings;
    }

    private static List<GenericKubernetesResource> objects(KubernetesClient reader, String file)
            throws IOException {
        List<GenericKubernetesResource> objects = new ArrayList<>();
        try (InputStream in = Files.newInputStream(OBJECTS.resolve(file))) {
            for (HasMetadata object : reader.load(in).items()) {
                objects.add((GenericKubernetesResource) object);
            }
        }
        return objects;
    }

    /** One copy, for there is one broker. */
    private NewTopic topic(GenericKubernetesResource object) {
        Map<String, Object> wanted = object.get("spec", "config");
        Map<String, String> config = new HashMap<>();
        wanted.forEach((name, value) -> config.put(name, value.toString()));
        config.put("min.insync.replicas", "1");
        int partitions = object.get("spec", "partitions");
        return new NewTopic(object.getMetadata().getName(), partitions, (short) 1).configs(config);
    }

    private static List<AclBinding> rights(GenericKubernetesResource user) {
        List<Map<String, Object>> rights = user.get("spec", "authorization", "acls");
        List<AclBinding> bindings = new ArrayList<>();
        for (Map<String, Object> right : rights) {
            Map<?, ?> resource = (Map<?, ?>) right.get("resource");
            ResourcePattern pattern =
                    new ResourcePattern(
                            ResourceType.fromString(resource.get("type").toString()),
                            resource.get("name").toString(),
                            resource.get("patternType").equals("prefix")
                                    ? PatternType.PREFIXED
                                    : PatternType.LITERAL);
            for (Object operation : (List<?>) right.get("operations")) {
                bindings.add(
                        new AclBinding(
                                pattern,
                                new AccessControlEntry(
                                        "User:" + user.getMetadata().getName(),
                                        right.get("host").toString(),
                                        AclOperation.fromString(operation.toString()),
                                        AclPermissionType.ALLOW)));
            }
        }
        return bindings;
    }
}
