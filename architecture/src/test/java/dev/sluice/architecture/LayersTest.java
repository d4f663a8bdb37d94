package dev.sluice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sluice.audit.LoggedRecord;
import dev.sluice.events.EventCodec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The borders between modules. Each rule says what to do instead. */
class LayersTest {

    private static final List<String> SERVICES =
            List.of("fetcher", "renderer", "decryptor", "applier", "drift", "notifier", "ledger");
    private static final JavaClasses SLUICE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.sluice");

    @Test
    void somethingWasImported() {
        assertThat(SLUICE.size()).isGreaterThan(250);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fetcher",
                "renderer",
                "decryptor",
                "applier",
                "drift",
                "notifier",
                "ledger"
            })
    void servicesDoNotSeeEachOther(String service) {
        String[] others =
                SERVICES.stream()
                        .filter(other -> !other.equals(service))
                        .map(other -> "dev.sluice." + other + "..")
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.sluice." + service + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because(
                        "services are joined by topics only: send an event, or move what both need to a library")
                .check(SLUICE);
    }

    @Test
    void librariesDoNotSeeServicesOrApps() {
        String[] above =
                Stream.concat(SERVICES.stream(), Stream.of("standalone", "cli"))
                        .map(name -> "dev.sluice." + name + "..")
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(above)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .because("dependencies point down: hand the library a value or a function")
                .check(SLUICE);
    }

    @Test
    void enginesKnowNoFramework() {
        noClasses()
                .that(
                        resideInAnyPackage(
                                "dev.sluice.yaml..",
                                "dev.sluice.events..",
                                "dev.sluice.manifests..",
                                "dev.sluice.rendering..",
                                "dev.sluice.kustomize..",
                                "dev.sluice.sops..",
                                "dev.sluice.artifacts..",
                                "dev.sluice.kubernetes..",
                                "dev.sluice.fluxapi.."))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.quarkus..",
                        "jakarta..",
                        "io.smallrye.mutiny..",
                        "io.smallrye.reactive..",
                        "org.apache.kafka..")
                .because(
                        "engines take values and return values; what needs the framework belongs to a service or to libs/pipeline")
                .check(SLUICE);
    }

    @Test
    void servicesTakeEventsByTheReaderThatRefusesReplayedOnes() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        SERVICES.stream()
                                .filter(service -> !service.equals("ledger"))
                                .map(service -> "dev.sluice." + service + "..")
                                .toArray(String[]::new))
                .should()
                .callMethod(EventCodec.class, "read", Map.class, byte[].class)
                .orShould()
                .callMethod(LoggedRecord.class, "envelope")
                .because(
                        "a replayed event tells of the past, and nobody may act on it: read records by EventReader")
                .check(SLUICE);
    }

    @Test
    void onlyTheApplyEngineAndTheServicesTalkToKubernetes() {
        noClasses()
                .that(
                        resideInAnyPackage(
                                "dev.sluice.yaml..",
                                "dev.sluice.events..",
                                "dev.sluice.pipeline..",
                                "dev.sluice.manifests..",
                                "dev.sluice.rendering..",
                                "dev.sluice.kustomize..",
                                "dev.sluice.sops..",
                                "dev.sluice.artifacts..",
                                "dev.sluice.fluxapi.."))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .because("the client lives in libs/kubernetes and in the adapters of the services")
                .check(SLUICE);
    }

    @Test
    void onlyFlowsTakeFromChannels() {
        classes()
                .that()
                .containAnyMethodsThat(
                        com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates
                                .annotatedWith(
                                        "org.eclipse.microprofile.reactive.messaging.Incoming"))
                .should()
                .haveSimpleNameEndingWith("Flow")
                .because("a service's story is in its Flow: take the record there and wake a key")
                .check(SLUICE);
    }

    @Test
    void mutinyStaysOut() {
        noClasses()
                .that()
                .resideInAPackage("dev.sluice..")
                .and()
                .haveSimpleNameNotEndingWith("Adapter")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.smallrye.mutiny..")
                .because(
                        "blocking code on virtual threads reads plainly; where a library hands over a Uni, wrap it in an Adapter")
                .check(SLUICE);
    }

    @Test
    void noFieldInjection() {
        com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields()
                .should()
                .beAnnotatedWith("jakarta.inject.Inject")
                .because("a constructor shows what a class needs")
                .check(SLUICE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.sluice.(**)")
                .should()
                .beFreeOfCycles()
                .because("move what both need into the lower package")
                .check(SLUICE);
    }

    @Test
    void drawersAreNotNames() {
        noClasses()
                .that()
                .resideInAPackage("dev.sluice..")
                .should()
                .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Dto|Common)$")
                .because("such a name says nothing: name the thing that it does")
                .check(SLUICE);
    }
}
