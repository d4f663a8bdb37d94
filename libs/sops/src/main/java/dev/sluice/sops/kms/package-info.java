/**
 * Key services: data keys unwrapped and wrapped by HashiCorp Vault or OpenBao, AWS KMS, GCP KMS and
 * Azure Key Vault.
 */
@NullMarked
package dev.sluice.sops.kms;

import org.jspecify.annotations.NullMarked;
