package web

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"path"
	"strings"
	"time"

	"gaitkeeper/gait"
	"gaitkeeper/words"
)

// Receiver takes in recordings that a browser or a phone sends.
type Receiver interface {
	// Receive takes in each file that next returns, until that returns [io.EOF], as
	// the import of a folder does. A file that cannot be read stops no other. An
	// error of next ends it with nothing taken.
	Receive(ctx context.Context, next func() (name string, content io.Reader, err error)) (Received, error)
}

// Received is what became of uploaded files.
type Received struct {
	// New runs; Better ones that take the place of a poorer recording; Known files
	// and recordings that were here before.
	New, Better, Known int
	// Walks are everyday walks of a phone that were read.
	Walks int
	// Skipped says what was no run, Failed what could not be read and why.
	Skipped []string
	Failed  []Failure
	// Newest is the newest of all runs where runs were taken in; empty otherwise.
	Newest gait.RunID
}

// Failure is a file that could not be read.
type Failure struct{ Name, Reason string }

const (
	// maxUpload is the most one upload may hold, in bytes: a bulk export of some
	// years. uploadTime is how long it may take to arrive.
	maxUpload  = 1 << 30
	uploadTime = 15 * time.Minute
	uploadPath = "/fit"
)

func (s *Server) uploadForm(w http.ResponseWriter, r *http.Request) error {
	return s.showUpload(w, r, http.StatusOK, nil)
}

// upload takes in the files of a form, or those that a phone shares.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) error {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "multipart/form-data" {
		return refusal{http.StatusUnsupportedMediaType, words.NotAnUpload}
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(uploadTime)) // a server without deadlines needs none
	_ = control.SetWriteDeadline(time.Now().Add(uploadTime))
	parts, err := r.MultipartReader()
	if err != nil {
		return gait.Refusef("the files did not arrive whole: send them again")
	}
	sent := uploads{parts: parts}
	got, err := s.app.Receive(r.Context(), sent.next)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return refusal{http.StatusRequestEntityTooLarge, words.TooLargeAtOnce}
	case sent.broken != nil:
		return gait.Refusef("the files did not arrive whole, and nothing was taken: send them again")
	case err != nil:
		return err
	case sent.files == 0:
		return gait.Refusef("no file was chosen")
	default:
		status := http.StatusOK
		if got.New+got.Better+got.Known+got.Walks == 0 {
			status = http.StatusUnprocessableEntity
		}
		return s.showUpload(w, r, status, &got)
	}
}

func (s *Server) showUpload(w http.ResponseWriter, r *http.Request, status int, got *Received) error {
	return s.render(w, r, status, "upload.html", frame{Title: "Add runs", Nav: "/runs", Data: got})
}

// uploads are the files in a form that arrives.
type uploads struct {
	parts *multipart.Reader
	files int
	// broken is why the form did not arrive whole.
	broken error
}

func (u *uploads) next() (name string, content io.Reader, err error) {
	for {
		part, err := u.parts.NextPart()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				u.broken = err
			}
			return "", nil, err
		}
		if name := part.FileName(); name != "" {
			u.files++
			return path.Base(strings.ReplaceAll(name, `\`, "/")), arriving{part, u}, nil
		}
	}
}

// arriving tells of a file that breaks off.
type arriving struct {
	*multipart.Part
	all *uploads
}

func (a arriving) Read(p []byte) (int, error) {
	n, err := a.Part.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		a.all.broken = err
	}
	return n, err
}
