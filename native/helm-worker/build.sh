#!/bin/sh
# Builds the Helm worker with Go, once for each version of its sources, into the user's cache directory, and prints where it is.
# Without Go it prints nothing and tells so: everything but HelmRelease works without the worker.
# With a folder as its argument it leaves a copy there, for an image. It is linked statically: it runs on any base image.
set -eu
[ -z "${1-}" ] || mkdir -p "$1"
here=$(cd "$(dirname "$0")" && pwd)
cache="${XDG_CACHE_HOME:-$HOME/.cache}/sluice/helm-worker"
digest=$(cd "$here" && LC_ALL=C cat $(LC_ALL=C ls -- *.go go.mod go.sum) | sha256sum | cut -c1-16)
program="$cache/$digest/helm-worker"
if [ ! -x "$program" ]; then
    if ! command -v go >/dev/null 2>&1; then
        echo "helm-worker: no Go, so it is not built; HelmReleases will say so" >&2
        exit 0
    fi
    echo "helm-worker: building with Go, once; some minutes on two cores" >&2
    mkdir -p "$cache/$digest"
    part="$cache/$digest/helm-worker.$$"
    (cd "$here" && CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags='-s -w' -o "$part" .) >&2
    mv "$part" "$program"
fi
[ -z "${1-}" ] || cp -f "$program" "$1/helm-worker"
echo "$program"
