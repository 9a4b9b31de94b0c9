package daemon

import (
	"context"
	"maps"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"gaitkeeper/api"
)

// scrapeTimeout bounds what one look at the metrics may take.
const scrapeTimeout = 10 * time.Second

// metrics returns what answers /metrics. It tells how gaitkeeper itself is
// doing and nothing of the runner's health: whoever may read a Prometheus may
// read it all. Nothing is made ready before the first look.
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
		to <- prometheus.NewInvalidMetric(prometheus.NewDesc("gaitkeeper_up", "Whether gaitkeeper could be read.", nil, nil), err)
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
	one := func(name, help string, value float64) {
		to <- prometheus.MustNewConstMetric(prometheus.NewDesc("gaitkeeper_"+name, help, nil, nil), prometheus.GaugeValue, value)
	}
	one("runs", "Runs in the database.", float64(len(s.listed())))
	one("fold_duration_seconds", "What the last fold of the whole history took.", s.duration.Seconds())
	one("well", "1 while nothing is unwell: no source, no channel, no sync overdue.", flag(st.Well))
	g.sources(to, st.Sources)
	g.channels(to, st.Undelivered)
	return nil
}

func (g gauges) sources(to chan<- prometheus.Metric, sources []api.SourceStatus) {
	last := desc("source_last_success_timestamp_seconds", "When the last good sync of a source ended; 0 for never.", "source")
	failing := desc("source_failing", "1 while a source fails. A rate limit is no failure.", "source")
	waiting := desc("source_waiting", "1 while a source waits for its limit of requests.", "source")
	backlog := desc("source_backlog", "Files or activities seen and not yet taken.", "source")
	for _, src := range sources {
		var good float64
		if src.LastGood != nil {
			good = float64(src.LastGood.Unix())
		}
		send(to, last, prometheus.GaugeValue, good, string(src.Name))
		send(to, failing, prometheus.GaugeValue, flag(src.Error != ""), string(src.Name))
		send(to, waiting, prometheus.GaugeValue, flag(src.WaitingUntil != nil), string(src.Name))
		send(to, backlog, prometheus.GaugeValue, float64(src.Backlog), string(src.Name))
	}
}

func (g gauges) channels(to chan<- prometheus.Metric, owed []api.UndeliveredStatus) {
	waiting := desc("undelivered", "Messages that a channel has not taken yet.", "channel")
	age := desc("undelivered_age_seconds", "Age of the oldest message that a channel has not taken; 0 where none waits.", "channel")
	passed := desc("messages_delivered_total", "Messages a channel took since the start.", "channel")
	failed := desc("delivery_failures_total", "Attempts to deliver that failed since the start.", "channel")
	passes, fails := g.app.deliveries.counts()
	now := g.app.now()
	for _, name := range g.app.ChannelNames() {
		var n int
		var oldest time.Duration
		for _, d := range owed {
			if d.Channel == name {
				n++
				oldest = max(oldest, now.Sub(d.Created))
			}
		}
		send(to, waiting, prometheus.GaugeValue, float64(n), name)
		send(to, age, prometheus.GaugeValue, oldest.Seconds(), name)
		send(to, passed, prometheus.CounterValue, float64(passes[name]), name)
		send(to, failed, prometheus.CounterValue, float64(fails[name]), name)
	}
}

func desc(name, help, label string) *prometheus.Desc {
	return prometheus.NewDesc("gaitkeeper_"+name, help, []string{label}, nil)
}

func send(to chan<- prometheus.Metric, d *prometheus.Desc, kind prometheus.ValueType, value float64, label string) {
	to <- prometheus.MustNewConstMetric(d, kind, value, label)
}

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// deliveryCounts counts what came of the attempts to deliver, by channel.
type deliveryCounts struct {
	mu             sync.Mutex
	passed, failed map[string]int
}

func (t *deliveryCounts) count(channel string, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.passed == nil {
		t.passed, t.failed = map[string]int{}, map[string]int{}
	}
	if err != nil {
		t.failed[channel]++
	} else {
		t.passed[channel]++
	}
}

// counts returns the figures so far.
func (t *deliveryCounts) counts() (passed, failed map[string]int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.passed), maps.Clone(t.failed)
}
