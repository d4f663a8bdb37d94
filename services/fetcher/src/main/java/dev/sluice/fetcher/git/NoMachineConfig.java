package dev.sluice.fetcher.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is configured for Git on this machine (proxies, rewritten URLs, helpers, environment)
 * away from JGit, so that a source behaves the same everywhere.
 */
final class NoMachineConfig extends SystemReader {

    private final SystemReader machine;

    private NoMachineConfig(SystemReader machine) {
        this.machine = machine;
    }

    /** JGit has one reader for the whole process; it is replaced once. */
    static void install() {
        SystemReader current = SystemReader.getInstance();
        if (!(current instanceof NoMachineConfig)) {
            SystemReader.setInstance(new NoMachineConfig(current));
        }
    }

    @Override
    public String getHostname() {
        return "localhost";
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") || variable.equals("XDG_CONFIG_HOME")
                ? null
                : machine.getenv(variable);
    }

    @Override
    public @Nullable String getProperty(String key) {
        return machine.getProperty(key);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    @SuppressWarnings("deprecation") // Abstract still.
    public long getCurrentTime() {
        return machine.now().toEpochMilli();
    }

    @Override
    @SuppressWarnings("deprecation") // Abstract still.
    public int getTimezone(long when) {
        return 0;
    }

    /** A configuration without a file, which is never read and never written. */
    private static final class Nothing extends FileBasedConfig {

        @SuppressWarnings("NullAway") // JGit takes null for a configuration without a file.
        Nothing(@Nullable Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
