package dev.sluice.notifier.provider;

import dev.sluice.tls.TlsMaterial;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A topic on any Kafka: the address is a list of brokers, the channel the topic. The record is the
 * event as a generic Provider gets it, or after {@code TOPIC?format=cdevents} as CDEvents words it,
 * as a CloudEvent in binary mode; its key is the object. A connection for each notification.
 */
final class KafkaTopic {

    private static final String CD_EVENTS = "?format=cdevents";

    private static final String OURS = "sluice.";

    private KafkaTopic() {}

    static void tell(Notification notification, Target target, Exchange exchange)
            throws TellException, InterruptedException {
        String channel = target.requiredChannel();
        boolean worded = channel.endsWith(CD_EVENTS);
        Optional<String> type =
                worded ? CdEvents.type(notification) : Optional.of("dev.sluice.notification.v1");
        if (type.isEmpty()) {
            return;
        }
        String topic =
                worded ? channel.substring(0, channel.length() - CD_EVENTS.length()) : channel;
        refuseOurs(topic);
        byte[] body =
                worded
                        ? CdEvents.event(notification, type.get())
                                .toString()
                                .getBytes(StandardCharsets.UTF_8)
                        : notification.body();
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        settings(target), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record(notification, topic, type.get(), body))
                    .get(target.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            throw new TellException(
                    TellException.Prospect.SERVICE_AWAY,
                    "the Kafka brokers do not take it: " + reason(e));
        }
    }

    /** At the pipeline's own broker a record there would be taken for one of a service. */
    private static void refuseOurs(String topic) throws TellException {
        if (topic.startsWith(OURS)) {
            throw new TellException(
                    TellException.Prospect.NEVER,
                    "the topics of Sluice itself are not for alerts: choose another than " + topic);
        }
    }

    /**
     * Why a record was not taken, for example that the topic is not there. A client that cannot be
     * made is told by its class alone, for its words may hold settings.
     */
    private static String reason(Exception failure) {
        Throwable cause = failure instanceof ExecutionException ? failure.getCause() : null;
        return cause == null || cause.getMessage() == null
                ? failure.getClass().getSimpleName()
                : cause.getMessage();
    }

    private static ProducerRecord<String, byte[]> record(
            Notification notification, String topic, String type, byte[] body) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, notification.object().toString(), body);
        header(record, "ce_specversion", "1.0");
        header(record, "ce_id", notification.id());
        header(record, "ce_type", type);
        header(record, "ce_source", "sluice/notifier");
        header(record, "ce_subject", notification.object().toString());
        header(record, "ce_time", notification.at().toString());
        header(record, "content-type", "application/json");
        return record;
    }

    private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Properties settings(Target target) throws TellException {
        Properties settings = new Properties();
        String brokers = target.requiredAddress();
        boolean secure = brokers.startsWith("ssl://");
        settings.put(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers.replaceAll("(ssl|kafka|plaintext)://", ""));
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, target.timeout().toMillis());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        int timeout = Math.toIntExact(Math.min(target.timeout().toMillis(), 600_000));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        Access access = target.access();
        boolean user = !access.username().isEmpty();
        String security = (user ? "sasl_" : "") + (secure ? "ssl" : "plaintext");
        settings.put("security.protocol", security.toUpperCase(Locale.ROOT));
        if (user) {
            settings.put("sasl.mechanism", "PLAIN");
            settings.put(
                    "sasl.jaas.config",
                    "org.apache.kafka.common.security.plain.PlainLoginModule required username=\""
                            + quoted(access.username())
                            + "\" password=\""
                            + quoted(access.password())
                            + "\";");
        }
        addTls(settings, access.tls());
        return settings;
    }

    private static void addTls(Properties settings, TlsMaterial tls) {
        if (!tls.authorities().isBlank()) {
            settings.put("ssl.truststore.type", "PEM");
            settings.put("ssl.truststore.certificates", tls.authorities());
        }
        if (!tls.certificate().isBlank()) {
            settings.put("ssl.keystore.type", "PEM");
            settings.put("ssl.keystore.certificate.chain", tls.certificate());
            settings.put("ssl.keystore.key", tls.key());
        }
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
