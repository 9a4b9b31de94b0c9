package daemon

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// scrapeTimeout bounds what one look at the metrics may take.
const scrapeTimeout = 10 * time.Second

// metrics returns what answers /metrics. It says how gaitkeeper itself is doing
// and nothing of the runner's health: anyone who may read a Prometheus may read
// it all. Nothing is prepared before the first request.
func (a *App) metrics() http.Handler {
	ready := sync.OnceValue(func() http.Handler {
		registry := prometheus.NewRegistry()
		registry.MustRegister(gauges{a}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
		return promhttp.HandlerFor(registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError, MaxRequestsInFlight: 2})
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { ready().ServeHTTP(w, r) })
}

// gauges reads the metrics from the database at each look.
type gauges struct{ app *App }

// Describe sends nothing: what there is depends on the config.
func (gauges) Describe(chan<- *prometheus.Desc) {}

// Collect sends the figures of this moment.
func (g gauges) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTimeout)
	defer cancel()
	if err := g.collect(ctx, to); err != nil {
		to <- prometheus.NewInvalidMetric(prometheus.NewDesc("gaitkeeper_up", "1 while gaitkeeper can be read", nil, nil), err)
		return
	}
}

func (g gauges) collect(ctx context.Context, to chan<- prometheus.Metric) error {
	s, err := g.app.season(ctx)
	if err != nil {
		return err
	}
	st, err := g.app.Operation(ctx)
	if err != nil {
		return err
	}
	gauge := func(name, help string, value float64, labels prometheus.Labels) {
		to <- prometheus.MustNewConstMetric(prometheus.NewDesc("gaitkeeper_"+name, help, nil, labels), prometheus.GaugeValue, value)
	}
	gauge("runs", "runs in the database", float64(len(s.listed())), nil)
	gauge("fold_duration_seconds", "duration of the last fold of the whole history", s.duration.Seconds(), nil)
	gauge("well", "1 while nothing is unwell: no source, no channel, no sync overdue", flag(st.Well), nil)
	for _, src := range st.Sources {
		source, good := prometheus.Labels{"source": string(src.Name)}, 0.0
		if src.LastGood != nil {
			good = float64(src.LastGood.Unix())
		}
		gauge("source_last_success_timestamp_seconds", "end of the last good sync of a source; 0 for never", good, source)
		gauge("source_failing", "1 while a source fails; a rate limit is no failure", flag(src.Error != ""), source)
		gauge("source_waiting", "1 while a source waits for its limit of requests", flag(src.WaitingUntil != nil), source)
		gauge("source_backlog", "files or activities seen and not yet taken", float64(src.Backlog), source)
	}
	for _, name := range g.app.ChannelNames() {
		channel, owed, oldest := prometheus.Labels{"channel": name}, 0, time.Duration(0)
		for _, d := range st.Undelivered {
			if d.Channel == name {
				owed, oldest = owed+1, max(oldest, g.app.now().Sub(d.Created))
			}
		}
		gauge("undelivered", "messages that a channel has not taken yet", float64(owed), channel)
		gauge("undelivered_age_seconds", "age of the oldest message that a channel has not taken; 0 where none waits", oldest.Seconds(), channel)
	}
	g.app.deliveries.collect(to, g.app.ChannelNames())
	return nil
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// deliveryCounts counts what came of the attempts to deliver, by channel.
type deliveryCounts struct{ passed, failed *prometheus.CounterVec }

func newDeliveryCounts() *deliveryCounts {
	counter := func(name, help string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "gaitkeeper", Name: name, Help: help}, []string{"channel"})
	}
	return &deliveryCounts{
		counter("messages_delivered_total", "messages that a channel took since the start"),
		counter("delivery_failures_total", "attempts to deliver that failed since the start"),
	}
}

func (c *deliveryCounts) count(channel string, err error) {
	counter := c.passed
	if err != nil {
		counter = c.failed
	}
	counter.WithLabelValues(channel).Inc()
}

// collect sends the counts; 0 for a channel of which nothing was tried.
func (c *deliveryCounts) collect(to chan<- prometheus.Metric, channels []string) {
	for _, counter := range []*prometheus.CounterVec{c.passed, c.failed} {
		for _, name := range channels {
			counter.WithLabelValues(name)
		}
		counter.Collect(to)
	}
}
