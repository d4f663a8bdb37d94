package dev.sluice.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.Severity;
import dev.sluice.notifier.provider.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an Alert selects, and what it adds. */
class KnownAlertTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectAnnounced INFO =
            Samples.announced(Severity.INFO, "Progressing", "ConfigMap/team/a created");
    private static final ObjectAnnounced ERROR =
            Samples.announced(Severity.ERROR, "BuildFailed", "it broke");

    static KnownAlert alert(String spec) throws Exception {
        ObjectNode tree =
                (ObjectNode)
                        JSON.readTree(
                                """
                                {"apiVersion":"notification.toolkit.fluxcd.io/v1beta3","kind":"Alert",
                                 "metadata":{"name":"on-call","namespace":"team","uid":"a1"}}
                                """);
        tree.set("spec", JSON.readTree(spec.replace('\'', '"')));
        return KnownAlert.read(tree);
    }

    private static KnownAlert of(String sources, String more) throws Exception {
        return alert(
                "{'providerRef':{'name':'chat'},'eventSources':[" + sources + "]" + more + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'kind':'Kustomization','name':'app'} | true",
                "{'kind':'Kustomization','name':'other'} | false",
                "{'kind':'Kustomization','name':'*'} | true",
                "{'kind':'GitRepository','name':'*'} | false",
                "{'kind':'Kustomization','name':'*','namespace':'elsewhere'} | false",
                "{'kind':'Kustomization','name':'*','namespace':'team'} | true",
                "{'kind':'Kustomization','name':'*','matchLabels':{'tier':'web'}} | true",
                "{'kind':'Kustomization','name':'*','matchLabels':{'tier':'db'}} | false",
                "{'kind':'Kustomization','name':'*','matchLabels':{'tier':'web','x':'y'}} | false",
                "{'kind':'GitRepository','name':'*'},{'kind':'Kustomization','name':'app'} | true",
            })
    void itsSourcesSayWhichObjects(String sources, boolean selected) throws Exception {
        assertThat(of(sources, "").selects(INFO, false)).isEqualTo(selected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                ",'eventSeverity':'error' | false | true",
                ",'eventSeverity':'info' | true | true",
                ",'inclusionList':['.*created.*'] | true | false",
                ",'inclusionList':['created$','broke'] | true | true",
                ",'inclusionList':['(unclosed'] | false | false",
                ",'inclusionList':['(unclosed','broke'] | false | true",
                ",'exclusionList':['^ConfigMap'] | false | true",
                ",'exclusionList':['(unclosed'] | true | true",
                ",'inclusionList':['ConfigMap'],'exclusionList':['created'] | false | false",
                ",'suspend':true | false | false",
            })
    void itsListsSayWhichMessages(String more, boolean info, boolean error) throws Exception {
        KnownAlert alert = of("{'kind':'Kustomization','name':'*'}", more);

        assertThat(alert.selects(INFO, false)).isEqualTo(info);
        assertThat(alert.selects(ERROR, false)).isEqualTo(error);
    }

    @Test
    void otherNamespacesCanBeKeptOut() throws Exception {
        ObjectNode tree = of("{'kind':'Kustomization','name':'*','namespace':'team'}", "").tree();
        tree.withObject("/metadata").put("namespace", "elsewhere");
        KnownAlert foreign = KnownAlert.read(tree);

        assertThat(foreign.selects(INFO, false)).isTrue();
        assertThat(foreign.selects(INFO, true)).isFalse();
    }

    @Test
    void theControllersFactsWinOverTheSummaryOverTheAlertsOverTheObjects() throws Exception {
        KnownAlert alert =
                of(
                        "{'kind':'Kustomization','name':'*'}",
                        ",'eventMetadata':{'owner':'alert','revision':'no','summary':'no','site':'munich'},'summary':'plant 7'");

        assertThat(alert.facts(INFO))
                .isEqualTo(
                        Map.of(
                                "owner", "alert",
                                "revision", "main@sha1:" + Samples.COMMIT,
                                "summary", "plant 7",
                                "site", "munich"));
    }
}
