package daemon

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/internal/healthexport"
	"gaitkeeper/internal/simulate"
)

// sentFile is a file of an upload.
type sentFile struct {
	name    string
	content []byte
}

func fitOf(t *testing.T, run gait.Run) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := simulate.WriteFIT(&out, run); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// sendFiles uploads files as a browser on this machine does. change, if set, works on
// the request's body.
func sendFiles(t *testing.T, page http.Handler, site string, change func([]byte) []byte, files ...sentFile) (int, string) {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, f := range files {
		part, err := form.CreateFormFile("fit", f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(f.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	sent := body.Bytes()
	if change != nil {
		sent = change(sent)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/fit", bytes.NewReader(sent))
	r.RemoteAddr, r.Host = "127.0.0.1:5000", "127.0.0.1:8787"
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", site)
	w := httptest.NewRecorder()
	page.ServeHTTP(w, r)
	answer, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Code, string(answer)
}

// Uploaded files go the way of a watched folder's: a run counts once, a bad file is
// named and stops no other, and a fresh warning is sent.
func TestUpload(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	runs := limpSeasonOf(2.5, 0)
	for _, run := range runs[:31] {
		h.drop(run)
	}
	app := h.open(func() time.Time { return runs[31].End().Add(time.Hour) })
	defer app.Close()
	if _, err := app.Import(t.Context(), []string{h.watched()}, nil); err != nil {
		t.Fatal(err)
	}
	page, err := app.newPage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	good, bad := fitOf(t, runs[31]), []byte("no FIT file at all")
	walked, nowhere := healthExportOf(t, 2), healthExportOf(t, 0)
	half := func(b []byte) []byte { return b[:len(b)-200] }
	for _, step := range []struct {
		name   string
		site   string
		change func([]byte) []byte
		files  []sentFile
		status int
		says   string
		runs   int
	}{
		{"from another site", "cross-site", nil, []sentFile{{"a.fit", good}}, http.StatusForbidden, "another site", 31},
		{"cut short", "same-origin", half, []sentFile{{"a.fit", good}}, http.StatusBadRequest, "did not arrive whole", 31},
		{"no file", "same-origin", nil, nil, http.StatusBadRequest, "no file was chosen", 31},
		{"a bad one", "same-origin", nil, []sentFile{{"b.fit", bad}}, http.StatusUnprocessableEntity, "b.fit", 31},
		{"a good one beside it, of the same name", "none", nil, []sentFile{{"b.fit", bad}, {"b.fit", good}}, http.StatusOK, "1 new run", 32},
		{"again, under a long name", "same-origin", nil, []sentFile{{strings.Repeat("ä", 3000) + ".fit", good}}, http.StatusOK, "1 was here already", 32},
		{"walks of a phone", "same-origin", nil, []sentFile{{"export.xml", walked}}, http.StatusOK, "2 everyday walks read", 32},
		{"a phone without any", "same-origin", nil, []sentFile{{"export.xml", nowhere}}, http.StatusUnprocessableEntity, "export of Apple Health without walks", 32},
		{"again, under a path", "same-origin", nil, []sentFile{{`..\..\c.fit`, good}}, http.StatusOK, "1 was here already", 32},
	} {
		status, body := sendFiles(t, page, step.site, step.change, step.files...)
		if status != step.status || !strings.Contains(body, step.says) {
			t.Errorf("%s: status %d, want %d with %q:\n%s", step.name, status, step.status, step.says, body)
		}
		if all, err := app.Runs(t.Context(), time.Time{}, 0); err != nil || len(all) != step.runs {
			t.Errorf("%s: %d runs, want %d (%v)", step.name, len(all), step.runs, err)
		}
	}
	left, err := filepath.Glob(filepath.Join(h.dir, "*ing-*"))
	if uploads, _ := filepath.Glob(filepath.Join(h.dir, uploadDirs)); err != nil || len(left)+len(uploads) > 0 {
		t.Errorf("left behind: %v %v", left, uploads)
	}
	if sent, err := app.deliver(t.Context()); err != nil || sent == 0 {
		t.Errorf("%d messages about the uploaded run (%v)", sent, err)
	}
}

// healthExportOf is an export of Apple Health with some everyday walks in it.
func healthExportOf(t *testing.T, walks int) []byte {
	t.Helper()
	e := healthexport.Export{}
	for i := range walks {
		e.Walks = append(e.Walks, gait.Walk{Start: time.Date(2026, 1, 2, 8, i, 0, 0, time.UTC), Length: 50 * time.Second, Share: 0.02})
	}
	var b bytes.Buffer
	if err := e.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What had arrived whole when the program ended is taken in at the next start; half an
// upload is removed.
func TestUploadsSurviveTheEnd(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	run := limpSeasonOf(2, 0)[0]
	for dir, content := range map[string][]byte{"upload-1/0001": fitOf(t, run), "arriving-2/0001": fitOf(t, run)[:500]} {
		if err := os.MkdirAll(filepath.Join(h.dir, dir), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(h.dir, dir, "a.fit"), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	app := h.open(func() time.Time { return run.End().Add(time.Hour) })
	defer app.Close()
	if err := app.takeUploads(t.Context()); err != nil {
		t.Fatal(err)
	}
	if runs, err := app.Runs(t.Context(), time.Time{}, 0); err != nil || len(runs) != 1 {
		t.Errorf("%d runs (%v)", len(runs), err)
	}
	for _, dir := range []string{"upload-1", "arriving-2"} {
		if _, err := os.Stat(filepath.Join(h.dir, dir)); !os.IsNotExist(err) {
			t.Errorf("%s is still there (%v)", dir, err)
		}
	}
}
