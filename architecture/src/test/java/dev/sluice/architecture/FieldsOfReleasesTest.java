package dev.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Nothing that a HelmRelease, a HelmChart or a HelmRepository may say is silently ignored: somebody
 * reads each field of their specs, or the field is listed here and in {@code docs/helm.md} with the
 * reason.
 */
class FieldsOfReleasesTest {

    /** What is accepted and not followed. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of(
                    // Helm's v3 line has neither.
                    "HelmReleaseSpec.postRenderStrategy",
                    "Install.serverSideApply",
                    "Upgrade.serverSideApply",
                    "HelmReleaseSpec$Rollback.serverSideApply",
                    // Out of date in Flux, where it has no effect either.
                    "Install.skipCRDs",
                    // A worker keeps its connections anyway.
                    "HelmReleaseSpec.persistentClient",
                    // Flux has it in the schema only.
                    "HelmRepository$Spec.accessFrom");

    /** Read as parts of the tree that they are in; their kind alone tells the API group. */
    private static final Set<String> READ_AS_A_TREE =
            Set.of(
                    "HelmReleaseSpec.chartRef",
                    "HelmReleaseSpec.values",
                    "HelmChart$SourceReference.apiVersion");

    /** What is handed on as a tree, as a whole. */
    private static final Set<String> TREES =
            Set.of("helm.HelmRelease", "helm.HelmReleaseSpec$ChartReference");

    private static final JavaClasses SLUICE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.sluice");

    @Test
    void everyFieldIsReadOrListed() {
        Set<String> unread = new TreeSet<>();
        SLUICE.stream()
                .filter(FieldsOfReleasesTest::isSpec)
                .forEach(spec ->
                        components(spec)
                                .filter(name -> !isRead(spec, name))
                                .map(name -> shortName(spec) + '.' + name)
                                .forEach(unread::add));
        Set<String> listed = new TreeSet<>(WITHOUT_EFFECT);
        listed.addAll(READ_AS_A_TREE);

        assertThat(unread).isEqualTo(listed);
    }

    private static boolean isSpec(JavaClass type) {
        String name = type.getName().replace("dev.sluice.fluxapi.", "");
        return type.isRecord()
                && !name.contains("Status")
                && !name.startsWith("helm.ChartTemplate")
                && !TREES.contains(name)
                && (name.startsWith("helm.")
                        || name.startsWith("source.HelmChart$")
                        || name.startsWith("source.HelmRepository$"))
                && type.getName().startsWith("dev.sluice.fluxapi.");
    }

    private static Stream<String> components(JavaClass type) {
        return Arrays.stream(type.reflect().getRecordComponents()).map(RecordComponent::getName);
    }

    /** By someone else, or by a method of the record that is not its own accessor. */
    private static boolean isRead(JavaClass type, String field) {
        JavaMethod accessor = type.getMethod(field);
        boolean called =
                Stream.concat(
                                accessor.getCallsOfSelf().stream(),
                                accessor.getReferencesToSelf().stream())
                        .map(JavaAccess::getOrigin)
                        .anyMatch(origin -> !origin.equals(accessor));
        return called
                || type.getField(field).getAccessesToSelf().stream()
                        .map(JavaAccess::getOrigin)
                        .anyMatch(origin ->
                                !origin.equals(accessor) && !origin.getName().equals("<init>"));
    }

    private static String shortName(JavaClass type) {
        return type.getName().substring(type.getName().lastIndexOf('.') + 1);
    }
}
