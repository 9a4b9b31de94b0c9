package packaging

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// engine runs the image.
type engine interface {
	// start starts the daemon, stop ends it; an engine kills after ten seconds.
	start() error
	stop() error
	// command is a command beside the daemon, health the image's own check.
	command(args ...string) *exec.Cmd
	health() *exec.Cmd
	log() string
}

// mounts are the folders that a container is given: dir/NAME here is the path there.
var mounts = []struct{ name, path, mode string }{
	{"fit", "/fit", "ro"}, {"secrets", "/run/secrets", "ro"}, {"etc", "/etc/gaitkeeper", "ro"},
}

// podman runs the image as compose.yaml has it: a read-only root without the folders
// that podman would add, no capability, and a fresh volume for the database.
type podman struct{ name string }

// inPodman is how podman starts here. A machine may have both versions of control
// groups: its runtime only starts where it does not see the second.
const inPodman = `umount /sys/fs/cgroup/unified 2>/dev/null; exec podman --storage-driver vfs --cgroup-manager cgroupfs "$@"`

func (p podman) podman(args ...string) *exec.Cmd {
	return exec.Command("unshare", append([]string{"--mount", "sh", "-c", inPodman, "podman"}, args...)...)
}

// newPodman makes the container; its network is this machine's, as the mail server's.
func newPodman(t *testing.T, dir string) engine {
	t.Helper()
	if _, err := exec.LookPath("podman"); err != nil {
		t.Skip("not run: the image in podman, which is not here")
	}
	p := podman{"gaitkeeper-test"}
	create := []string{
		"create", "--replace", "--name", p.name, "--pull", "never", "--network", "host", "--cgroups", "disabled", "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024",
		"--read-only", "--read-only-tmpfs=false", "--cap-drop", "all", "--security-opt", "no-new-privileges", "--health-interval", "disable",
		"--volume", p.name + ":/data", "--env", "TZ=Europe/Berlin",
	}
	for _, m := range mounts {
		create = append(create, "--volume", filepath.Join(dir, m.name)+":"+m.path+":"+m.mode)
	}
	t.Cleanup(func() {
		_ = p.podman("rm", "--force", p.name).Run()
		_ = p.podman("volume", "rm", "--force", p.name).Run()
	})
	_ = p.podman("volume", "rm", "--force", p.name).Run()
	if out, err := p.podman(append(create, "localhost/gaitkeeper:latest")...).CombinedOutput(); err != nil {
		t.Skipf("not run: the image in podman, which makes no container here: %v\n%s", err, out)
	}
	if out, err := p.podman("start", p.name).CombinedOutput(); err != nil {
		t.Skipf("not run: the image in podman, which starts no container here: %v\n%s", err, out)
	}
	return p
}

func (p podman) start() error      { return p.podman("start", p.name).Run() } // one that runs goes on
func (p podman) health() *exec.Cmd { return p.podman("healthcheck", "run", p.name) }
func (p podman) command(args ...string) *exec.Cmd {
	return p.podman(append([]string{"exec", p.name, "/usr/bin/gaitkeeper"}, args...)...)
}

func (p podman) log() string {
	out, _ := p.podman("logs", p.name).CombinedOutput()
	return string(out)
}

func (p podman) stop() error {
	if err := p.podman("stop", "--time", "10", p.name).Run(); err != nil {
		return err
	}
	code, err := p.podman("inspect", "--format", "{{.State.ExitCode}}", p.name).Output()
	if err == nil && strings.TrimSpace(string(code)) != "0" {
		return errors.New("exit code " + string(code))
	}
	return err
}

// chroot runs what is in the image without an engine: as its user, in a folder that
// is mounted read-only.
type chroot struct {
	dir    string
	daemon *exec.Cmd
	out    *os.File
}

// inChroot mounts what an engine would, in a mount namespace of its own, and makes
// sure that even root cannot write into the rest.
const inChroot = `cd "$1" && shift
mount --bind root root && mount --bind data root/data && mount --bind fit root/fit &&
mount --bind secrets root/run/secrets && mount --bind etc root/etc/gaitkeeper &&
mount -o remount,bind,ro root || exit 90
! touch root/file 2>/dev/null || exit 91
exec env -i PATH="$PATH" STATE_DIRECTORY=/data TMPDIR=/data TZ=Europe/Berlin chroot --userspec=65532:65532 root /usr/bin/gaitkeeper "$@"`

// newChroot unpacks the image.
func newChroot(t *testing.T, dir string) engine {
	t.Helper()
	buildah := func(args ...string) string {
		t.Helper()
		out, err := exec.Command("buildah", append([]string{"--storage-driver", "vfs"}, args...)...).Output()
		if err != nil {
			t.Fatalf("buildah %v: %v", args, err)
		}
		return strings.TrimSpace(string(out))
	}
	name := buildah("from", "--pull-never", "localhost/gaitkeeper:latest")
	t.Cleanup(func() { buildah("rm", name) })
	root, data := filepath.Join(dir, "root"), filepath.Join(dir, "data")
	if out, err := exec.Command("cp", "-a", buildah("mount", name), root).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if out, err := exec.Command("cp", "-a", filepath.Join(root, "data"), data).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, m := range mounts {
		if err := os.MkdirAll(filepath.Join(root, m.path), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	out, err := os.CreateTemp(dir, "log")
	if err != nil {
		t.Fatal(err)
	}
	c := &chroot{dir: dir, out: out}
	t.Cleanup(func() {
		if c.daemon != nil {
			_ = c.daemon.Process.Kill()
		}
	})
	if said, err := c.command("version").CombinedOutput(); err != nil {
		t.Skipf("not run: the image's program in a root that is mounted read-only, this machine mounts none: %v\n%s", err, said)
	}
	return c
}

func (c *chroot) command(args ...string) *exec.Cmd {
	return exec.Command("unshare", append([]string{"--mount", "sh", "-c", inChroot, "sh", c.dir}, args...)...)
}

func (c *chroot) health() *exec.Cmd { return c.command("health") }

func (c *chroot) start() error {
	c.daemon = c.command("serve")
	c.daemon.Stdout, c.daemon.Stderr = c.out, c.out
	return c.daemon.Start()
}

func (c *chroot) log() string {
	data, _ := os.ReadFile(c.out.Name())
	return string(data)
}

func (c *chroot) stop() error {
	kill := time.AfterFunc(10*time.Second, func() { _ = c.daemon.Process.Kill() })
	defer kill.Stop()
	_ = c.daemon.Process.Signal(syscall.SIGTERM)
	return c.daemon.Wait()
}
