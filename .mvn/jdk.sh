# Finds the JDK that this project is built and run with, and sets JAVA_HOME. Sourced by mvnw and sluice.
sluice_jdk_version=25

# True where the directory $1 holds a JDK of at least that version.
sluice_is_jdk() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    sluice_major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ "${sluice_major:-0}" -ge "$sluice_jdk_version" ]
}

sluice_find_jdk() {
    if [ -n "${JAVA_HOME-}" ] && sluice_is_jdk "$JAVA_HOME"; then export JAVA_HOME; return 0; fi
    if sluice_javac=$(command -v javac 2>/dev/null) && sluice_javac=$(readlink -f "$sluice_javac"); then
        sluice_home=${sluice_javac%/bin/javac}
        if sluice_is_jdk "$sluice_home"; then JAVA_HOME=$sluice_home; export JAVA_HOME; return 0; fi
    fi
    for sluice_home in /usr/lib/jvm/* /opt/* "$HOME"/.jdks/* "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if sluice_is_jdk "$sluice_home"; then JAVA_HOME=$sluice_home; export JAVA_HOME; return 0; fi
    done
    echo "Sluice needs JDK $sluice_jdk_version or newer and found none: install one (for example the package temurin-$sluice_jdk_version-jdk) or point JAVA_HOME to it." >&2
    return 1
}
