package dev.sluice.fetcher.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.notification.Receiver;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Receivers and calls for tests. */
final class Receivers {

    static final ReceiverToken TOKEN = new ReceiverToken("s3cret", "", "");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Receivers() {}

    /** A Receiver {@code team/hook}; single quotes stand for double ones. */
    static Receiver receiver(String type, String spec, String status) {
        String text =
                """
                {'apiVersion':'notification.toolkit.fluxcd.io/v1','kind':'Receiver',
                 'metadata':{'name':'hook','namespace':'team','uid':'u1','generation':2,'resourceVersion':'10'},
                 'spec':{'type':'%s','secretRef':{'name':'token'},'resources':[{'kind':'GitRepository','name':'app'}]%s},
                 'status':{%s}}
                """
                        .formatted(type, spec, status);
        try {
            return FluxJson.read(JSON.readTree(text.replace('\'', '"')), Receiver.class);
        } catch (Exception e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static Receiver receiver(String type) {
        return receiver(type, "", "");
    }

    /** A call with a JSON body and these headers, in pairs. */
    static Delivery call(String body, String... headers) {
        Map<String, String> all = new HashMap<>(Map.of("content-type", "application/json"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new Delivery(all, body.getBytes(StandardCharsets.UTF_8));
    }

    static String hmac(String algorithm, String body) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(TOKEN.token().getBytes(StandardCharsets.UTF_8), algorithm));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
