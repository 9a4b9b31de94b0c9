package web

import "net/http"

// route is one address of the page.
type route struct {
	pattern string
	access  access
	handle  handler
}

// routes lists every address, who may see it and what answers it.
func (s *Server) routes(metrics, walks http.Handler) http.Handler {
	list := []route{
		{"GET /{$}", forRunner, s.today},
		{"GET /season.svg", forRunner, s.seasonSVG},
		{"GET /walks.svg", forRunner, s.walksSVG},

		{"GET /pain", forRunner, s.diary},
		{"POST /pain", forRunner, s.painAdd},
		{"GET /pain/new", forRunner, s.painNew},
		{"GET /pain/{id}", forRunner, s.painEntry},
		{"GET /pain/{id}/remove", forRunner, s.painAsk},
		{"POST /pain/{id}/remove", forRunner, s.painRemove},

		{"GET /thresholds", forRunner, s.thresholds},
		{"GET /settings", forRunner, s.settings},
		{"POST /settings", forRunner, s.setRunner},
		{"POST /settings/pause", forRunner, s.pause},
		{"POST /settings/resume", forRunner, s.resume},
		{"GET " + uploadPath, forRunner, s.uploadForm},
		{"POST " + uploadPath, forRunner, s.upload},

		{"GET /sources", forRunner, s.sources},
		{"POST /sources/sync", forRunner, s.sourcesSync},
		{"POST /sources/check", forRunner, s.sourcesCheck},
		{"POST /sources/test", forRunner, s.sourcesTest},
		{"GET /report", forRunner, s.report},
		{"GET /runs", forRunner, s.runs},
		{"GET /runs/{id}", forRunner, s.run},
		{"GET /runs/{id}/chart.svg", forRunner, s.runSVG},
		{"POST /runs/{id}/answer", forRunner, s.answerRun},
		{"POST /runs/{id}/exclude", forRunner, s.excludeRun},

		{"GET /api/v1/standing", forPrograms, s.apiStanding},
		{"GET /api/v1/runs", forPrograms, s.apiRuns},

		{"GET /answer/{token}", forAll, s.answerForm},
		{"POST /answer/{token}", forAll, s.answer},

		{"GET /static/{name}", forAll, s.static},
		{"GET /manifest.webmanifest", forAll, s.manifest},
		{"GET /healthz", forAll, s.healthz},
	}
	if s.throttle != nil {
		list = append(list,
			route{"GET /login", forAll, s.loginPage},
			route{"POST /login", forAll, s.login},
			route{"POST /logout", forAll, s.logout})
	}
	if s.mails != nil {
		list = append(list, route{"GET /mails", forRunner, s.listMails}, route{"GET /mails/{name}", forRunner, s.showMail})
	}
	if metrics != nil {
		list = append(list, route{"GET /metrics", forPrograms, served(metrics)})
	}
	if walks != nil {
		list = append(list, route{"POST " + walksPath, forAll, served(walks)})
	}
	mux := http.NewServeMux()
	for _, route := range list {
		answer := s.guarded(route.access, route.handle)
		mux.HandleFunc(route.pattern, func(w http.ResponseWriter, r *http.Request) {
			if err := answer(w, r); err != nil {
				s.fail(w, r, err)
			}
		})
	}
	return s.orError(mux)
}

// served is a handler that answers its failures itself.
func served(h http.Handler) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		h.ServeHTTP(w, r)
		return nil
	}
}
