package packaging

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"go.yaml.in/yaml/v3"

	"gaitkeeper/config"
	"gaitkeeper/internal/smtptest"
)

// TestImage is what `make try-image` runs: the image in podman, and what is in it in a
// chroot. Both have a root that nobody can write to, a folder of FIT files, a mail
// server, and secrets that are open to all, as compose.yaml hands them in.
func TestImage(t *testing.T) {
	if os.Getenv("GAITKEEPER_TRY_IMAGE") == "" {
		t.Skip("not run: the image was not tried; `make try-image` does that")
	}
	if _, err := exec.LookPath("buildah"); err != nil || os.Geteuid() != 0 {
		t.Skip("not run: the image was not tried, that takes buildah and root")
	}
	t.Run("says how to run it", imageConfig)
	t.Run("podman", func(t *testing.T) { tryImage(t, newPodman) })
	t.Run("chroot", func(t *testing.T) { tryImage(t, newChroot) })
}

// imageConfig checks what the image tells an engine.
func imageConfig(t *testing.T) {
	const ask = "{{.OCIv1.Config.User}} {{.Docker.Config.Healthcheck.Test}} {{.OCIv1.Config.Entrypoint}} {{.OCIv1.Config.Cmd}}"
	out, err := exec.Command("buildah", "--storage-driver", "vfs", "inspect", "--type", "image", "--format", ask, "localhost/gaitkeeper:latest").CombinedOutput()
	if said := strings.TrimSpace(string(out)); err != nil || said != "65532:65532 [CMD /usr/bin/gaitkeeper health] [/usr/bin/gaitkeeper] [serve]" {
		t.Errorf("%s, %v", said, err)
	}
}

// tryImage brings a limp to an empty container, waits for the mail, and restarts it.
func tryImage(t *testing.T, newEngine func(t *testing.T, dir string) engine) {
	server, err := smtptest.New()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Down()
	dir := t.TempDir()
	for _, m := range mounts {
		if err := os.Mkdir(filepath.Join(dir, m.name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for d := dir; d != os.TempDir() && d != "/"; d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil { // the test's own folders
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, "etc/config.toml"), mailConfig(server.Addr, "/fit")+fmt.Sprintf("[web]\nlisten = %q\npassword_file = \"/run/secrets/page\"\n", freeAddress(t)))
	page := filepath.Join(dir, "secrets/page")
	if err := os.WriteFile(page, []byte(hashed(t)), 0o600); err != nil {
		t.Fatal(err)
	}
	c := newEngine(t, dir)
	if err := c.start(); err != nil {
		t.Fatal(err)
	}
	const remedy = "/run/secrets/page is not for this user to read: gaitkeeper runs as user 65532 here: on the host, chown 65532 what is mounted there"
	if !within(patience, func() bool { return strings.Contains(c.log(), remedy) }) {
		t.Fatalf("a secret that is closed to its user: %s", c.log())
	}
	if err := os.Chmod(page, 0o444); err != nil {
		t.Fatal(err)
	}
	start := func() {
		t.Helper()
		if err := c.start(); err != nil {
			t.Fatal(err)
		}
		var out []byte
		if !within(patience, func() bool { out, err = c.health().CombinedOutput(); return err == nil }) {
			t.Fatalf("never healthy: %s\n%s", out, c.log())
		}
	}
	stop := func() {
		t.Helper()
		if err := c.stop(); err != nil {
			t.Errorf("it does not stop within 10 seconds: %v\n%s", err, c.log())
		}
	}
	runs := func() string {
		t.Helper()
		out, err := c.command("runs", "--json").Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, c.log())
		}
		return string(out)
	}

	start() // with an empty folder
	season(t, filepath.Join(dir, "fit/2026"))
	if !within(patience, func() bool { return len(server.Mails()) == 1 }) {
		t.Fatalf("%d mails\n%s", len(server.Mails()), c.log())
	}
	before := runs()
	if n := strings.Count(before, "\n"); n != seasonRuns {
		t.Errorf("%d runs", n)
	}
	stop()
	if out, err := c.health().CombinedOutput(); err == nil {
		t.Errorf("stopped, and its health check says %s", out)
	}
	start()
	if after := runs(); after != before {
		t.Errorf("before the restart:\n%s\nafter it:\n%s", before, after)
	}
	stop()
	if n := len(server.Mails()); n != 1 {
		t.Errorf("%d mails after a restart", n)
	}
}

// TestStatic runs the static program in an empty folder as its root.
func TestStatic(t *testing.T) {
	if os.Getenv("GAITKEEPER_TRY_IMAGE") == "" || os.Geteuid() != 0 {
		t.Skip("not run: the static program was not tried; `make try-image` does that as root")
	}
	program := filepath.Join("../dist/static-"+runtime.GOARCH, "gaitkeeper")
	if out, err := exec.Command("ldd", program).CombinedOutput(); err == nil {
		t.Errorf("it needs libraries: %s", out)
	}
	root := t.TempDir()
	if out, err := exec.Command("install", "-D", program, root+"/usr/bin/gaitkeeper").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, args := range [][]string{{"version"}, {"status"}, {"check"}} {
		c := exec.Command("/usr/bin/gaitkeeper", args...)
		c.Dir, c.Env, c.SysProcAttr = "/", []string{"STATE_DIRECTORY=/", "TZ=America/New_York"}, &syscall.SysProcAttr{Chroot: root}
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
}

// TestArm64 runs the static program for arm64 in an emulator: it takes in a season,
// serves it, and is healthy.
func TestArm64(t *testing.T) {
	program := "../dist/static-arm64/gaitkeeper"
	if _, err := os.Stat(program); os.Getenv("GAITKEEPER_TRY_IMAGE") == "" || err != nil {
		t.Skip("not run: the program for arm64; `make try-image` runs it where gcc-aarch64-linux-gnu is")
	}
	emulator, err := exec.LookPath("qemu-aarch64-static")
	if err != nil {
		t.Skip("not run: the program for arm64, qemu-user-static is not here")
	}
	dir := t.TempDir()
	season(t, filepath.Join(dir, "season"))
	config := filepath.Join(dir, "g.toml")
	write(t, config, fmt.Sprintf("[storage]\npath = %q\n[web]\nlisten = %q\n", filepath.Join(dir, "g.db"), freeAddress(t)))
	arm := func(args ...string) *exec.Cmd {
		return exec.Command(emulator, append([]string{program, "--config", config}, args...)...)
	}
	for _, args := range [][]string{{"version"}, {"import", filepath.Join(dir, "season")}} {
		if out, err := arm(args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	out, err := arm("status").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "less time than usual on your left foot") {
		t.Errorf("%v\n%s", err, out)
	}
	start(t, arm("serve"))
	if !within(patience, func() bool { out, err = arm("health").CombinedOutput(); return err == nil }) {
		t.Errorf("never healthy: %s", out)
	}
}

// The config of compose.yaml is whole but for its secrets, and names nothing that
// compose.yaml does not mount.
func TestTheContainersConfig(t *testing.T) {
	_, err := config.Load("container/config.toml", func(name string) string { return map[string]string{"STATE_DIRECTORY": "/data"}[name] })
	var faults config.Faults
	if !errors.As(err, &faults) || len(faults) != 2 {
		t.Fatalf("its secrets are not here, and it says %v", err)
	}
	var compose struct {
		Services map[string]struct {
			ReadOnly       bool `yaml:"read_only"`
			Volumes, Ports []string
			Secrets        []string
		}
		Secrets map[string]struct{ File string }
	}
	text, err := os.ReadFile("../compose.yaml")
	if err == nil {
		err = yaml.Unmarshal(text, &compose)
	}
	if err != nil {
		t.Fatal(err)
	}
	service := compose.Services["gaitkeeper"]
	for _, f := range faults {
		name, _, _ := strings.Cut(strings.TrimPrefix(f.Text, "/run/secrets/"), " ")
		if compose.Secrets[name].File == "" || !slices.Contains(service.Secrets, name) || !strings.HasSuffix(f.Text, "is missing: write the secret into it and chmod 600 it") {
			t.Errorf("%v", f)
		}
	}
	for _, mounted := range []string{"data:/data", "./fit:/fit:ro", "./config.toml:/etc/gaitkeeper/config.toml:ro"} {
		if !slices.Contains(service.Volumes, mounted) {
			t.Errorf("compose.yaml lacks %s", mounted)
		}
	}
	if !service.ReadOnly || !slices.Equal(service.Ports, []string{"127.0.0.1:8787:8787"}) {
		t.Errorf("compose.yaml: read-only %v, ports %v", service.ReadOnly, service.Ports)
	}
}
