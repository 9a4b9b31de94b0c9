package packaging

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"gaitkeeper/api"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
	"gaitkeeper/notify"
)

// runner is a daemon of one runner, with a run of yesterday.
type runner struct{ address, program, dir string }

// build builds gaitkeeper.
func build(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "gaitkeeper")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-o", program, "../cmd/gaitkeeper").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

func serveRunner(t *testing.T, program, publicURL string) runner {
	t.Helper()
	r := runner{freeAddress(t), program, t.TempDir()}
	writeRuns(t, filepath.Join(r.dir, "fit"), simulate.LimpSeasonUntil(1, time.Now().Add(-24*time.Hour).Truncate(time.Second), 1, -1, 0, gait.Left))
	write(t, filepath.Join(r.dir, "hash"), hashed(t))
	write(t, filepath.Join(r.dir, "g.toml"), fmt.Sprintf(
		"[storage]\npath = %q\n[sources.fit]\ndirs = [%q]\nsettle = \"0s\"\n[web]\nlisten = %q\npublic_url = %q\npassword_file = %q\n",
		filepath.Join(r.dir, "g.db"), filepath.Join(r.dir, "fit"), r.address, publicURL, filepath.Join(r.dir, "hash")))
	serve := exec.Command(program, "--config", filepath.Join(r.dir, "g.toml"), "serve")
	start(t, serve)
	if !within(patience, func() bool {
		out, err := exec.Command(program, "--config", filepath.Join(r.dir, "g.toml"), "runs", "--json").Output()
		return err == nil && len(out) > 0
	}) {
		t.Fatal("the run was never taken")
	}
	return r
}

// start starts a server that ends with the test.
func start(t *testing.T, c *exec.Cmd) {
	t.Helper()
	var log bytes.Buffer
	c.Stdout, c.Stderr = &log, &log
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(syscall.SIGTERM)
		if err := c.Wait(); err != nil && t.Failed() {
			t.Logf("%v\n%s", err, log.String())
		}
	})
}

// The sensors of Home Assistant find at the real addresses what they read, and its
// automation reads what a webhook brings.
func TestHomeAssistant(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("home-assistant/gaitkeeper.yaml")
	if err != nil {
		t.Fatal(err)
	}
	r := serveRunner(t, build(t), "")
	resources := strings.Split(string(text), "- resource: ")[1:]
	if len(resources) != 2 {
		t.Fatalf("%d addresses", len(resources))
	}
	for _, resource := range resources {
		address, rest, _ := strings.Cut(resource, "\n")
		address = strings.Replace(address, "gaitkeeper.local:8787", r.address, 1)
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.SetBasicAuth("gaitkeeper", password)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		var got map[string]any
		if err != nil || answer.StatusCode != http.StatusOK || json.Unmarshal(body, &got) != nil {
			t.Fatalf("%s: %s, %v\n%s", address, answer.Status, err, body)
		}
		rest, _, _ = strings.Cut(rest, "automation:")
		for _, m := range regexp.MustCompile(`value_json\.(\w+)(?:\.(\w+))?`).FindAllStringSubmatch(rest, -1) {
			if _, there := got[m[1]]; !there && m[1] != "plan" {
				t.Errorf("%s has no %s", address, m[1])
			}
			if m[1] == "plan" && m[2] != "" && !keys(api.Plan{})[m[2]] {
				t.Errorf("the plan has no %s", m[2])
			}
		}
	}
	for _, m := range regexp.MustCompile(`trigger\.json\.(\w+)`).FindAllStringSubmatch(string(text), -1) {
		if !keys(notify.WebhookBody{})[m[1]] {
			t.Errorf("a webhook brings no %s", m[1])
		}
	}
}

// keys are the names of a value's fields in JSON.
func keys(v any) map[string]bool {
	names := map[string]bool{}
	for _, f := range reflect.VisibleFields(reflect.TypeOf(v)) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names[name] = true
	}
	return names
}

// Two runners live behind one reverse proxy: the start page leads to both, each
// wants its own login, and neither login ends the other.
func TestTwoRunnersBehindOneProxy(t *testing.T) {
	t.Parallel()
	caddy, err := exec.LookPath("caddy")
	if err != nil {
		t.Skip("not run: the reverse proxy was not tried, caddy is not here")
	}
	text, err := os.ReadFile("proxy/Caddyfile")
	if err != nil {
		t.Fatal(err)
	}
	here, program := "http://"+freeAddress(t), build(t)
	anna, ben := serveRunner(t, program, here+"/anna"), serveRunner(t, program, here+"/ben")
	pages, err := filepath.Abs("proxy/start")
	if err != nil {
		t.Fatal(err)
	}
	site := strings.NewReplacer("home.example.org {", here+" {", "127.0.0.1:8787", anna.address, "127.0.0.1:8788", ben.address, "/etc/caddy/start", pages)
	file := filepath.Join(t.TempDir(), "Caddyfile")
	if err := os.WriteFile(file, []byte("{\n\tadmin off\n\tauto_https off\n}\n"+site.Replace(string(text))), 0o600); err != nil {
		t.Fatal(err)
	}
	proxy := exec.Command(caddy, "run", "--config", file, "--adapter", "caddyfile")
	proxy.Env = append(os.Environ(), "HOME="+t.TempDir(), "XDG_DATA_HOME="+t.TempDir(), "XDG_CONFIG_HOME="+t.TempDir())
	start(t, proxy)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar, Timeout: patience}
	page := func(answer *http.Response, err error) (address, body string) {
		if err != nil {
			return "", ""
		}
		defer answer.Body.Close()
		b, _ := io.ReadAll(answer.Body)
		return answer.Request.URL.Path, string(b)
	}
	if !within(patience, func() bool { at, _ := page(browser.Get(here + "/")); return at == "/" }) {
		t.Fatal("the proxy never answers")
	}
	_, list := page(browser.Get(here + "/"))
	for _, name := range []string{"/anna", "/ben"} {
		if !strings.Contains(list, `href="`+name+`/"`) {
			t.Errorf("the start page does not lead to %s", name)
		}
		if at, _ := page(browser.Get(here + name + "/")); at != name+"/login" {
			t.Errorf("without a login %s is at %q", name, at)
		}
		if at, _ := page(browser.PostForm(here+name+"/login", url.Values{"password": {password}})); at != name+"/" {
			t.Errorf("after the login at %q", at)
		}
	}
	for _, name := range []string{"/anna", "/ben"} {
		if at, body := page(browser.Get(here + name + "/runs")); at != name+"/runs" || !strings.Contains(body, `href="`+name+"/runs/") {
			t.Errorf("logged in, %s is at %q\n%s", name, at, body)
		}
		if _, body := page(http.Get(here + name + "/healthz")); !strings.Contains(body, `"alive":true`) {
			t.Errorf("%s/healthz says %q", name, body)
		}
	}
}
