package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// fingerprints returns the name of every static file with a part that changes
// with its content, so that a browser may keep it for good.
func fingerprints() (map[string]string, error) {
	all, err := files.ReadDir("static")
	if err != nil {
		return nil, fmt.Errorf("list static files: %w", err)
	}
	names := map[string]string{}
	for _, f := range all {
		data, err := files.ReadFile(path.Join("static", f.Name()))
		if err != nil {
			return nil, fmt.Errorf("read static file: %w", err)
		}
		sum := sha256.Sum256(data)
		names[f.Name()] = f.Name() + "?v=" + hex.EncodeToString(sum[:6])
	}
	return names, nil
}

// asset returns the address of a static file. It fails on a name that is none.
func (s *Server) asset(name string) (string, error) {
	printed, known := s.assets[name]
	if !known {
		return "", fmt.Errorf("no static file %s", name)
	}
	return s.link("/static/" + printed), nil
}

func (s *Server) static(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	printed, known := s.assets[name]
	if !known {
		return gait.ErrNotFound
	}
	if name+"?"+r.URL.RawQuery == printed {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeFileFS(w, r, files, path.Join("static", name)) //nolint:gosec // one of the known names
	return nil
}

func (s *Server) manifest(w http.ResponseWriter, _ *http.Request) error {
	type icon struct {
		Src   string `json:"src"`
		Sizes string `json:"sizes"`
		Type  string `json:"type"`
	}
	svg, err := s.asset("icon.svg")
	png, errPNG := s.asset("icon-180.png")
	if err := errors.Join(err, errPNG); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/manifest+json")
	_ = json.NewEncoder(w).Encode(map[string]any{ // a browser that went away is no error
		"name": "gaitkeeper", "short_name": "gaitkeeper", "description": words.Purpose,
		"lang": "en", "start_url": s.link("/"), "scope": s.link("/"), "id": s.link("/"), "display": "standalone",
		"background_color": "#ffffff", "theme_color": "#0b4f7a",
		"share_target": map[string]any{
			"action": s.link(uploadPath), "method": "POST", "enctype": "multipart/form-data",
			"params": map[string]any{"files": []map[string]any{{"name": "fit", "accept": []string{
				".fit", ".gz", ".zip", "application/octet-stream", "application/vnd.ant.fit", "application/gzip", "application/zip",
			}}}},
		},
		"icons": []icon{{svg, "any", "image/svg+xml"}, {png, "180x180", "image/png"}},
	})
	return nil
}
