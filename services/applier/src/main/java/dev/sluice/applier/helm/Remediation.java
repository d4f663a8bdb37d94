package dev.sluice.applier.helm;

import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.helm.HelmReleaseSpec;
import dev.sluice.fluxapi.helm.Install;
import dev.sluice.fluxapi.helm.Upgrade;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens after a failed action.
 *
 * @param retries how often it is tried again; negative for ever
 * @param ignoreTestFailures whether a failed test counts as no failure
 * @param remediateLast whether the last failure is undone too
 * @param rollback whether it is undone by a rollback, else by uninstalling
 * @param retryAfter the time to the next upgrade, where the strategy is to retry and never to undo
 */
record Remediation(
        int retries,
        boolean ignoreTestFailures,
        boolean remediateLast,
        boolean rollback,
        @Nullable Duration retryAfter) {

    static final String INSTALL = "install";
    static final String UPGRADE = "upgrade";
    private static final Duration RETRY = Duration.ofMinutes(5);

    static Remediation ofInstall(HelmReleaseSpec spec) {
        boolean ignored = spec.test() != null && spec.test().ignoreFailures();
        Install install = spec.install();
        Install.Strategy strategy = install == null ? null : install.strategy();
        Duration retry = strategy == null ? null : retry(strategy.name(), strategy.retryInterval());
        Install.Remediation given = install == null ? null : install.remediation();
        return given == null
                ? new Remediation(0, ignored, false, false, retry)
                : new Remediation(
                        given.retries(),
                        given.ignoreTestFailures() == null ? ignored : given.ignoreTestFailures(),
                        Boolean.TRUE.equals(given.remediateLastFailure()),
                        false,
                        retry);
    }

    static Remediation ofUpgrade(HelmReleaseSpec spec) {
        boolean ignored = spec.test() != null && spec.test().ignoreFailures();
        Upgrade upgrade = spec.upgrade();
        Upgrade.Strategy strategy = upgrade == null ? null : upgrade.strategy();
        Duration retry = strategy == null ? null : retry(strategy.name(), strategy.retryInterval());
        Upgrade.Remediation given = upgrade == null ? null : upgrade.remediation();
        return given == null
                ? new Remediation(0, ignored, false, true, retry)
                : new Remediation(
                        given.retries(),
                        given.ignoreTestFailures() == null ? ignored : given.ignoreTestFailures(),
                        given.remediateLastFailure() == null
                                ? given.retries() > 0
                                : given.remediateLastFailure(),
                        !"uninstall".equals(given.strategy()),
                        retry);
    }

    private static @Nullable Duration retry(String strategy, @Nullable GoDuration interval) {
        if (!strategy.equals("RetryOnFailure")) {
            return null;
        }
        return interval == null ? RETRY : interval.toDuration();
    }

    /** The one of the action that was tried last; null before the first. */
    static @Nullable Remediation active(HelmReleaseSpec spec, @Nullable String action) {
        if (INSTALL.equals(action)) {
            return ofInstall(spec);
        }
        return UPGRADE.equals(action) ? ofUpgrade(spec) : null;
    }

    boolean exhausted(long failures) {
        return retries >= 0 && failures > retries;
    }
}
