/** Makes ConfigMaps, Secrets and service accounts from what kustomization files list. */
@NullMarked
package dev.sluice.kustomize.generate;

import org.jspecify.annotations.NullMarked;
