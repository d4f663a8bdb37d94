/**
 * What kustomization files and the configurations of built-in transformers say, read with the rules
 * of upstream's two decoding steps (YAML 1.1 to JSON, JSON to Go structs): field names match
 * whatever their case, of several values for one field the last counts, null is the same as
 * nothing, and a value of the wrong type is an error that names its field and line.
 */
@NullMarked
package dev.sluice.kustomize.model;

import org.jspecify.annotations.NullMarked;
