package config

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/moby/sys/mountinfo"
)

// mounted tells whether a secret's file was handed in by who runs the program: it
// lies where container engines put secrets, is mounted by itself, or lies on a
// memory disk of its own. Its mode is then not the user's to choose.
func mounted(path string) bool {
	file, err := filepath.EvalSymlinks(path)
	if err != nil {
		return false
	}
	for _, dir := range []string{"/run/secrets", "/var/run/secrets"} {
		if strings.HasPrefix(file, dir+"/") {
			return true
		}
	}
	mounts, err := mountinfo.GetMounts(mountinfo.ParentsFilter(file))
	if err != nil {
		return false
	}
	return handedIn(file, mounts)
}

// shared are the memory disks on which everybody's files lie.
var shared = []string{"/", "/tmp", "/var/tmp", "/run", "/var/run", "/run/lock", "/dev", "/dev/shm"}

// handedIn is [mounted] for a file below the given mounts.
func handedIn(file string, mounts []*mountinfo.Info) bool {
	var on *mountinfo.Info
	for _, m := range mounts {
		if on == nil || len(m.Mountpoint) >= len(on.Mountpoint) {
			on = m // the innermost, and of several the one on top
		}
	}
	if on == nil {
		return false
	}
	memory := on.FSType == "tmpfs" || on.FSType == "ramfs"
	return on.Mountpoint == file || memory && !slices.Contains(shared, on.Mountpoint)
}
