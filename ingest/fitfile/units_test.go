package fitfile

import (
	"bytes"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
)

// ranAs is a run of forty minutes with every figure, as changed.
func ranAs(t *testing.T, s *mesgdef.Session, change func(second int, r *mesgdef.Record)) gait.Run {
	t.Helper()
	var list []proto.Message
	for i := range 2400 {
		r := recordAt(i).SetCadence(85).SetHeartRate(140).SetEnhancedSpeedScaled(3).
			SetStanceTimeScaled(250).SetStanceTimeBalanceScaled(49 + float64(i%3))
		change(i, r)
		list = append(list, r.ToMesg(nil))
	}
	got := read(encoded(t, join(one(fileID(typedef.FileActivity)), list, one(s.ToMesg(nil)))...))
	if len(got.Runs) != 1 || got.Broken != "" {
		t.Fatalf("%d runs, broken: %q", len(got.Runs), got.Broken)
	}
	return got.Runs[0]
}

func TestFiguresInOtherUnitsAreConverted(t *testing.T) {
	for name, tt := range map[string]struct {
		session *mesgdef.Session
		change  func(second int, r *mesgdef.Record)
		says    string
	}{
		"as it is":             {session40(), func(int, *mesgdef.Record) {}, ""},
		"speed in km/h":        {session40(), func(_ int, r *mesgdef.Record) { r.SetEnhancedSpeedScaled(10.8) }, "pace"},
		"speed in mph":         {session40(), func(_ int, r *mesgdef.Record) { r.SetEnhancedSpeedScaled(3 * 2.23694) }, "pace"},
		"distance in feet":     {session40().SetTotalDistanceScaled(7200 * 3.28084), func(i int, r *mesgdef.Record) { r.SetDistanceScaled(3 * 3.28084 * float64(i)) }, "distance"},
		"speed in cm/s":        {session40(), func(_ int, r *mesgdef.Record) { r.SetEnhancedSpeed(300) }, "pace"},
		"distance in metres":   {session40().SetTotalDistance(7200), func(i int, r *mesgdef.Record) { r.SetDistance(uint32(3 * i)) }, "distance"},
		"its sum in metres":    {session40().SetTotalDistance(7200), func(int, *mesgdef.Record) {}, ""},
		"contact in ms":        {session40(), func(_ int, r *mesgdef.Record) { r.SetStanceTime(250) }, "ground contact time"},
		"balance in per cent":  {session40(), func(i int, r *mesgdef.Record) { r.SetStanceTimeBalance(uint16(49 + i%3)) }, "balance"},
		"balance of the right": {session40(), func(i int, r *mesgdef.Record) { r.SetStanceTimeBalance(0x8000 | uint16(5100-100*(i%3))) }, ""},
		"cadence in one":       {session40(), func(_ int, r *mesgdef.Record) { r.SetCadence(255).SetCadence256(85 * 256) }, ""},
		"seconds since 1970": {
			session40().SetStartTime(second2time(fitEpoch)).SetTimestamp(second2time(fitEpoch + 2400)),
			func(i int, r *mesgdef.Record) { r.SetTimestamp(second2time(fitEpoch + i)) }, "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := ranAs(t, tt.session, tt.change)
			if len(r.Samples) != 2400 || r.Start != runStart || math.Abs(float64(r.Distance)-7200) > 10 {
				t.Fatalf("%d samples from %v, %v m", len(r.Samples), r.Start, r.Distance)
			}
			s := r.Samples[1000]
			if math.Abs(float64(s.Speed)-3) > 1e-3 || math.Abs(float64(s.Distance)-3000) > 1e-6 || s.Cadence != 170 ||
				math.Abs(float64(s.StanceTime)-250) > 1e-6 || math.Abs(float64(s.StanceTimeBalance)-50) > 1e-6 {
				t.Errorf("%+v", s)
			}
			said := said(r)
			if (tt.says == "") != (said == "") || !strings.Contains(said, tt.says) {
				t.Errorf("says %q", said)
			}
		})
	}
}

func TestASessionWrittenAgainIsOneRun(t *testing.T) {
	id, half := one(fileID(typedef.FileActivity)), one(sessionMessage(0, 1200, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil))
	whole := one(session40().ToMesg(nil))
	for name, messages := range map[string][]proto.Message{
		"twice":           join(id, stridingRecords(0, 2401), whole, whole),
		"as it grew":      join(id, stridingRecords(0, 1200), half, stridingRecords(1200, 2401), whole),
		"the whole first": join(id, stridingRecords(0, 2401), whole, half),
	} {
		got := read(encoded(t, messages...))
		if len(got.Runs) != 1 || got.Runs[0].Duration != 40*time.Minute || len(got.Runs[0].Samples) != 2401 {
			t.Errorf("%s: runs: %+v", name, legsOf(got.Runs))
		}
	}
}

func TestALegOfNoLengthToSpeakOfKeepsItsRecords(t *testing.T) {
	first, second := sessionMessage(0, 5, typedef.SportRunning, 0).ToMesg(nil), sessionMessage(1200, 2400, typedef.SportRunning, 0).ToMesg(nil)
	got := read(encoded(t, join(one(fileID(typedef.FileActivity)), stridingRecords(0, 2401), one(first), one(second))...))
	if len(got.Runs) != 2 || len(got.Runs[0].Samples) != 1200 || len(got.Runs[1].Samples) != 1201 {
		t.Errorf("runs: %+v", legsOf(got.Runs))
	}
}

func TestLapsTellTheSportsOfAMultisportSession(t *testing.T) {
	laps := join(one(lapMessage(0, 100, typedef.SportCycling).ToMesg(nil)), one(lapMessage(100, 200, typedef.SportRunning).ToMesg(nil)))
	session := one(sessionMessage(0, 200, typedef.SportMultisport, typedef.SubSportGeneric).ToMesg(nil))
	got := read(encoded(t, join(one(fileID(typedef.FileActivity)), stridingRecords(0, 201), laps, session)...))
	if len(got.Runs) != 1 || got.Runs[0].Start != second2time(100) {
		t.Errorf("runs: %+v, passed over %q", legsOf(got.Runs), got.Skipped)
	}
}

func TestHarmlessBytesOfTheFormAreNotNamed(t *testing.T) {
	whole := madeRun(t, 60)
	newer := join(whole)
	newer[1], newer[12], newer[13] = 0x30, 0, 0
	unsummed := join(whole)
	unsummed[len(unsummed)-2], unsummed[len(unsummed)-1] = 0, 0
	for name, data := range map[string][]byte{
		"a newer protocol": recrc(newer), "no checksum": unsummed,
		"zeros behind it": join(whole, []byte{0, 0, 0}), "a line end behind it": join(whole, []byte("\r\n")),
	} {
		if got := read(data); len(got.Runs) != 1 || got.Broken != "" {
			t.Errorf("%s: %d runs, broken: %q", name, len(got.Runs), got.Broken)
		}
	}
}

func TestPaddingBehindAPackedFileIsPassedOver(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(madeRun(t, 60))
	_ = z.Close()
	b.Write(make([]byte, 512))
	s := NewImport(DefaultLimits())
	at := place{budget: newBudget(s.limits), open: func() (io.ReadCloser, error) { return io.NopCloser(&b), nil }}
	got, err := s.read(at, exportText{}, func(string) (bool, error) { return false, nil })
	if err != nil || len(got.Runs) != 1 || got.Broken != "" {
		t.Errorf("%d runs, broken: %q, %v", len(got.Runs), got.Broken, err)
	}
}

func TestAListIsReadWhateverSeparatesItsCells(t *testing.T) {
	const list = "Activity ID|Activity Date|Activity Name|Activity Type|Activity Description|Activity Gear|Filename\n" +
		"1|May 1, 2026|Morning|Run|left knee; sore|Shoe|activities/1.fit.gz\n"
	for _, separator := range []string{";", "\t"} {
		text := strings.ReplaceAll(strings.ReplaceAll(list, "knee; sore", `"knee; sore"`), `left "knee; sore"`, `"left knee; sore"`)
		got, fault, err := readWords(strings.NewReader("\ufeff" + strings.ReplaceAll(text, "|", separator)))
		if w := got["activities/1.fit"]; err != nil || fault != "" || w.title != "Morning" || w.description != "left knee; sore" || w.gear != "Shoe" {
			t.Errorf("%q: %+v, %q, %v", separator, got, fault, err)
		}
	}
}

// A distance of a session that is a power of ten off is not believed, however much.
func TestADistanceOfASessionInAnotherUnit(t *testing.T) {
	for _, by := range []float64{1, 10, 100, 1000, 0.1, 0.01, 0.001} {
		session := sessionMessage(0, 600, typedef.SportRunning, typedef.SubSportGeneric).SetTotalDistanceScaled(1800 * by).ToMesg(nil)
		got := read(encoded(t, join(one(fileID(typedef.FileActivity)), plainRecords(0, 601), one(session))...)).Runs[0]
		if got.Distance != 1800 || got.Duration != 10*time.Minute || len(got.Oddities) > 0 {
			t.Errorf("times %v: %v m in %v, %q", by, got.Distance, got.Duration, said(got))
		}
	}
}
