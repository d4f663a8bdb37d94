// The Helm worker: Helm's own library behind a pipe.
//
// One process acts as one identity on one cluster. It reads framed JSON from its standard input and
// writes framed JSON to its standard output (frame.go; schemas/helm-worker is the contract). It runs
// many requests side by side, opens no file, and ends when its input ends.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"runtime/debug"
	"syscall"

	"helm.sh/helm/v3/pkg/kube"
	"k8s.io/klog/v2"
)

// The field manager of all that Helm writes, as Flux names it.
const fieldManager = "helm-controller"

// The field manager of what the helm program writes.
const helmManager = "helm"

func main() {
	memory := flag.Uint64("memory", 1<<30, "most bytes of memory; more ends the process")
	version := flag.Bool("version", false, "print the protocol's version and end")
	flag.Parse()
	if *version {
		fmt.Println(protocolVersion)
		return
	}
	limit(*memory)
	kube.ManagedFieldsManager = fieldManager
	// What libraries log may show objects: nothing of it leaves the process.
	log.SetOutput(io.Discard)
	klog.SetOutput(io.Discard)
	klog.LogToStderr(false)
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "helm-worker:", err)
		os.Exit(1)
	}
}

// limit makes the collector work harder near the limit and the kernel refuse memory beyond it; the
// process then ends at once.
func limit(bytes uint64) {
	debug.SetMemoryLimit(int64(bytes / 10 * 8))
	debug.SetMaxStack(64 << 20)
	data := syscall.Rlimit{Cur: bytes, Max: bytes}
	if err := syscall.Setrlimit(rlimitData, &data); err != nil {
		fmt.Fprintln(os.Stderr, "helm-worker: no limit of memory:", err)
	}
	core := syscall.Rlimit{Cur: 0, Max: 0}
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &core)
}
