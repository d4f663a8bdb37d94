package main

import "syscall"

// Private writable memory. Address space would be the wrong measure: Go reserves much that it never uses.
const rlimitData = syscall.RLIMIT_DATA
