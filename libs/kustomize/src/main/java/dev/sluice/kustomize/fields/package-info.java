/**
 * Finding and changing fields of YAML trees by the several kinds of paths that kustomization files
 * use: field specs ({@code spec/template/metadata/labels}), field paths of replacements and
 * variables ({@code spec.ports.[name=http].port}), and the tables of field specs that the
 * transformers go by.
 */
@NullMarked
package dev.sluice.kustomize.fields;

import org.jspecify.annotations.NullMarked;
