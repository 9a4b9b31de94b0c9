package packaging

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/gait"
	"gaitkeeper/internal/simulate"
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

// homeAssistant is what a package file of Home Assistant holds, as far as ours uses it.
type homeAssistant struct {
	Rest []struct {
		Resource, Username, Password string
		ScanInterval                 int      `yaml:"scan_interval"`
		Sensors                      []entity `yaml:"sensor"`
		BinarySensors                []entity `yaml:"binary_sensor"`
	}
	Automation []struct {
		ID, Alias, Mode string
		Triggers        []struct {
			Trigger   string
			WebhookID string   `yaml:"webhook_id"`
			Methods   []string `yaml:"allowed_methods"`
			LocalOnly bool     `yaml:"local_only"`
		}
		Actions []struct {
			Action string
			Data   struct {
				Title, Message string
				Data           map[string]string
			}
		}
	}
}

type entity struct {
	Name, Icon string
	UniqueID   string `yaml:"unique_id"`
	Unit       string `yaml:"unit_of_measurement"`
	Template   string `yaml:"value_template"`
}

// The sensors of Home Assistant find at the real addresses what they read, and its
// automation reads what a webhook brings.
func TestHomeAssistant(t *testing.T) {
	t.Parallel()
	var file homeAssistant
	readYAML(t, "home-assistant/gaitkeeper.yaml", &file)
	if len(file.Rest) != 2 || len(file.Automation) != 1 {
		t.Fatalf("%d addresses and %d automations", len(file.Rest), len(file.Automation))
	}
	r := serveRunner(t, build(t), "")
	for _, rest := range file.Rest {
		address := strings.Replace(rest.Resource, "gaitkeeper.local:8787", r.address, 1)
		got := ask(t, address, rest.Username)
		for _, e := range slices.Concat(rest.Sensors, rest.BinarySensors) {
			fields := regexp.MustCompile(`value_json\.(\w+)(?:\.(\w+))?`).FindAllStringSubmatch(e.Template, -1)
			if len(fields) == 0 {
				t.Errorf("%s reads nothing: %s", e.Name, e.Template)
			}
			for _, m := range fields {
				if _, there := got[m[1]]; !there && m[1] != "plan" {
					t.Errorf("%s: %s has no %s", e.Name, address, m[1])
				}
				if m[1] == "plan" && m[2] != "" && !keys(api.Plan{})[m[2]] {
					t.Errorf("%s: the plan has no %s", e.Name, m[2])
				}
			}
		}
	}
	message := file.Automation[0].Actions[0].Data
	texts := append(slices.Collect(maps.Values(message.Data)), message.Title, message.Message)
	for _, m := range regexp.MustCompile(`trigger\.json\.(\w+)`).FindAllStringSubmatch(strings.Join(texts, " "), -1) {
		if !keys(alert.Message{})[m[1]] {
			t.Errorf("a webhook brings no %s", m[1])
		}
	}
}

// readYAML reads a file; a key that into does not know is an error.
func readYAML(t *testing.T, name string, into any) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d := yaml.NewDecoder(f)
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// ask returns what an address of the page answers in JSON.
func ask(t *testing.T, address, user string) map[string]any {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth(user, password)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var got map[string]any
	if err := json.NewDecoder(answer.Body).Decode(&got); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", address, answer.Status, err)
	}
	return got
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
