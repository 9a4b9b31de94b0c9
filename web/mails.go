package web

import (
	"net/http"
	"slices"
	"time"

	"gaitkeeper/gait"
)

// Mail is one mail as its reader sees it.
type Mail struct {
	// Name names it in its address.
	Name, Subject string
	At            time.Time
	// Preview is how its text begins. HTML is a whole document, with its pictures in
	// it as data.
	Preview, HTML string
}

func (s *Server) listMails(w http.ResponseWriter, r *http.Request) error {
	all := s.mails()
	slices.Reverse(all)
	return s.render(w, r, http.StatusOK, "mails.html", frame{Title: "Mails", Nav: "/mails", Data: all})
}

// showMail shows one mail as a mail program does: with its own styles, and nothing that
// runs or comes from elsewhere.
func (s *Server) showMail(w http.ResponseWriter, r *http.Request) error {
	all := s.mails()
	i := slices.IndexFunc(all, func(m Mail) bool { return m.Name == r.PathValue("name") })
	if i < 0 {
		return gait.ErrNotFound
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(all[i].HTML)) // a browser that went away is no error
	return nil
}
