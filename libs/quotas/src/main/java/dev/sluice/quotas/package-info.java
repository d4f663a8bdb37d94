/**
 * What tenants may use at most, as the platform says it by TenantQuota objects in the namespace of
 * the pipeline. {@link dev.sluice.quotas.Quotas} is the table, {@link dev.sluice.quotas.QuotaWatch}
 * keeps it as the cluster has it. Holding work to it is up to the stages.
 */
@NullMarked
package dev.sluice.quotas;

import org.jspecify.annotations.NullMarked;
