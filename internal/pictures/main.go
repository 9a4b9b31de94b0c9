// Command pictures runs the demo and takes the README's picture of its warning
// mail with Chromium: `make pictures`.
package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"gaitkeeper/daemon"
)

func main() {
	if err := run(context.Background(), "docs/pictures"); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out string) (err error) {
	dir, err := os.MkdirTemp("", "pictures-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	// The demo prints the page's address last: then its mail is there.
	done := writer(func(p []byte) {
		if bytes.Contains(p, []byte("http://127.0.0.1")) {
			cancel()
		}
	})
	if err := daemon.Demo(ctx, dir, done, func(int, int) {}); err != nil {
		return err
	}
	mails, err := filepath.Glob(filepath.Join(dir, "mail", "*.eml"))
	mails = slices.DeleteFunc(mails, func(name string) bool { return strings.HasSuffix(name, "-reminder.eml") })
	if err != nil || len(mails) == 0 {
		return errors.Join(errors.New("the demo wrote no mail"), err)
	}
	page := filepath.Join(dir, "mail.html")
	if err := writePage(mails[len(mails)-1], page); err != nil {
		return err
	}
	return screenshot(context.WithoutCancel(ctx), page, filepath.Join(out, "mail.png"))
}

// writer calls a function with everything written to it.
type writer func([]byte)

func (w writer) Write(p []byte) (int, error) { w(p); return len(p), nil }

// writePage writes the HTML part of a mail with its pictures inside it.
func writePage(eml, page string) error {
	raw, err := os.ReadFile(eml)
	if err != nil {
		return err
	}
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	parts := map[string]string{}
	if err := collect(m.Header.Get("Content-Type"), m.Body, parts); err != nil {
		return err
	}
	html := parts["html"]
	for id, data := range parts {
		html = strings.ReplaceAll(html, "cid:"+id, "data:image/png;base64,"+data)
	}
	return os.WriteFile(page, []byte(html), 0o600)
}

// collect gathers the HTML, and each picture in base64 under its Content-ID.
func collect(contentType string, body io.Reader, parts map[string]string) error {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || !strings.HasPrefix(kind, "multipart/") {
		return err
	}
	for r := multipart.NewReader(body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		inner := p.Header.Get("Content-Type")
		switch {
		case strings.HasPrefix(inner, "multipart/"):
			err = collect(inner, p, parts)
		case strings.HasPrefix(inner, "text/html"):
			var text []byte
			text, err = io.ReadAll(quotedprintable.NewReader(p))
			parts["html"] = string(text)
		case strings.HasPrefix(inner, "image/"):
			var data []byte
			data, err = io.ReadAll(base64.NewDecoder(base64.StdEncoding, p))
			parts[strings.Trim(p.Header.Get("Content-ID"), "<>")] = base64.StdEncoding.EncodeToString(data)
		}
		if err != nil {
			return err
		}
	}
}

// screenshot shows the page to Chromium, as wide as a phone.
func screenshot(ctx context.Context, page, file string) error {
	browser := exec.CommandContext(ctx, "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", //nolint:gosec // our own page
		"--disable-background-networking", "--no-first-run", "--window-size=560,1180", "--screenshot="+file, "file://"+page)
	if out, err := browser.CombinedOutput(); err != nil {
		return fmt.Errorf("take a picture with chromium: %w: %s", err, out)
	}
	return nil
}
