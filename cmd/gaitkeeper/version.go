package main

import "runtime"

// version and commit are stamped by the build (see Makefile).
var version, commit = "dev", "unknown" // the linker writes them

// versionCmd is `gaitkeeper version`.
type versionCmd struct{}

// Run prints the version.
func (*versionCmd) Run(p *program) error {
	p.printf("gaitkeeper %s (commit %s, %s)\n", version, commit, runtime.Version())
	return nil
}
