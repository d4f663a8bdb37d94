package dev.sluice.kustomize.fields;

import dev.sluice.kustomize.resource.Gvk;
import java.util.List;

/**
 * The fields by which resources name those of one kind.
 *
 * @param target the kind that is named
 * @param referrers the fields that name it
 */
public record NameReference(Gvk target, List<FieldSpec> referrers) {}
