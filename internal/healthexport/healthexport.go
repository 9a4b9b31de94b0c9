// Package healthexport makes exports of Apple Health: for tests, and to measure how
// fast one is read.
package healthexport

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"time"

	"gaitkeeper/gait"
)

// Export is what is written.
type Export struct {
	Walks []gait.Walk
	Runs  []Run
	// Filler is how many bytes of other records there are at least: steps and
	// heartbeats, which make up nearly all of a real export.
	Filler int64
	// Broken tells to damage the description of the document and to put control
	// characters in, as some versions of the phone do.
	Broken bool
	// Zone is the offset that the times are written in; nil is UTC.
	Zone *time.Location
}

// Run is a run of the watch. Its figures are written every five seconds.
type Run struct {
	Start    time.Time
	Duration time.Duration
	// Speed is in m/s, Step in m, Contact in ms.
	Speed, Step, Contact float64
	// Condensed tells that the phone has made two averages of the figures.
	Condensed bool
	Indoor    bool
}

const layout = "2006-01-02 15:04:05 -0700"

// device is how the phone describes itself.
const device = `&lt;&lt;HKDevice: 0x3037e97c0&gt;, name:iPhone, manufacturer:Apple Inc., model:iPhone, hardware:iPhone16,1, software:17.6.1&gt;`

// Write writes the export.
func (e Export) Write(w io.Writer) error {
	b := bufio.NewWriterSize(w, 1<<20)
	out := &writer{Writer: b, zone: e.Zone}
	if out.zone == nil {
		out.zone = time.UTC
	}
	out.head(e.Broken)
	out.filler(e.Filler, e.Broken)
	for i, walk := range e.Walks {
		out.walk(walk, i)
	}
	for _, r := range e.Runs {
		out.figures(r)
	}
	for _, r := range e.Runs {
		out.workout(r)
	}
	out.printf("</HealthData>\n")
	return b.Flush()
}

type writer struct {
	*bufio.Writer
	zone *time.Location
	n    int64
}

func (w *writer) printf(format string, args ...any) {
	n, _ := fmt.Fprintf(w, format, args...) // Flush has the error
	w.n += int64(n)
}

func (w *writer) time(t time.Time) string { return t.In(w.zone).Format(layout) }

func (w *writer) head(broken bool) {
	end := ">"
	if broken {
		end = ""
	}
	w.printf(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 12 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>
<!ATTLIST Record type CDATA #REQUIRED unit CDATA #IMPLIED value CDATA #IMPLIED>
<!ATTLIST VisionPrescription dateIssued CDATA #REQUIRED%s
]>
<HealthData locale="en_FR">
 <ExportDate value="2026-11-01 12:18:38 +0100"/>
 <Me HKCharacteristicTypeIdentifierDateOfBirth="1980-01-01"/>
`, end)
}

// filler writes records that nobody reads here.
func (w *writer) filler(size int64, broken bool) {
	at := time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC)
	control := ""
	if broken {
		control = "\u000b"
	}
	var line []byte
	for begin := w.n; w.n-begin < size; {
		when := at.Format(layout)
		kind, unit := "StepCount", "count"
		if at.Minute()%3 > 0 {
			kind, unit = "HeartRate", "count/min"
		}
		line = append(line[:0], ` <Record type="HKQuantityTypeIdentifier`+kind+`" sourceName="Apple`+"\u00a0"+`Watch`+control+
			`" sourceVersion="9.1" device="`+device+`" unit="`+unit+`" creationDate="`...)
		line = append(append(append(line, when...), `" startDate="`...), when...)
		line = append(append(append(line, `" endDate="`...), when...), `" value="`...)
		line = append(strconv.AppendInt(line, int64(60+at.Second()), 10), "\"/>\n"...)
		n, _ := w.Write(line)
		w.n += int64(n)
		at = at.Add(47 * time.Second)
	}
}

// walk writes a walk; every second one with its attributes in another order.
func (w *writer) walk(walk gait.Walk, i int) {
	end := walk.Start.Add(walk.Length)
	if i%2 == 1 {
		w.printf(" <Record value=\"%v\" endDate=\"%s\" startDate=\"%s\" unit=\"%%\" device=\"%s\" type=\"HKQuantityTypeIdentifierWalkingAsymmetryPercentage\"/>\n",
			walk.Share, w.time(end), w.time(walk.Start), device)
		return
	}
	w.printf(" <Record type=\"HKQuantityTypeIdentifierWalkingAsymmetryPercentage\" sourceName=\"Anna’s\u00a0iPhone\" device=\"%s\" unit=\"%%\" creationDate=\"%s\" startDate=\"%s\" endDate=\"%s\" value=\"%v\">\n"+
		"  <MetadataEntry key=\"HKMetadataKeyDevicePlacementSide\" value=\"0\"/>\n </Record>\n",
		device, w.time(end.Add(50*time.Minute)), w.time(walk.Start), w.time(end), walk.Share)
}

func (w *writer) figures(r Run) {
	for _, f := range []struct {
		kind, unit string
		value      float64
	}{
		{"RunningGroundContactTime", "ms", r.Contact}, {"RunningStrideLength", "m", r.Step}, {"RunningSpeed", "km/hr", 3.6 * r.Speed},
	} {
		every := 5 * time.Second
		if r.Condensed {
			every = r.Duration / 2
		}
		for at := time.Duration(0); at < r.Duration; at += every {
			end := r.Start.Add(at)
			if r.Condensed {
				end = end.Add(every)
			}
			w.printf(" <Record type=\"HKQuantityTypeIdentifier%s\" unit=\"%s\" startDate=\"%s\" endDate=\"%s\" value=\"%v\"/>\n",
				f.kind, f.unit, w.time(r.Start.Add(at)), w.time(end), f.value)
		}
	}
}

func (w *writer) workout(r Run) {
	end, indoor := r.Start.Add(r.Duration+time.Minute), 0 // a minute of it was a pause
	if r.Indoor {
		indoor = 1
	}
	w.printf(` <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="%v" durationUnit="min" sourceName="Apple Watch" startDate="%s" endDate="%s">
  <MetadataEntry key="HKIndoorWorkout" value="%d"/>
  <WorkoutEvent type="HKWorkoutEventTypePause" date="%s"/>
  <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" startDate="%s" endDate="%s" average="150" unit="count/min"/>
  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" startDate="%s" endDate="%s" sum="%v" unit="km"/>
 </Workout>
 <Workout workoutActivityType="HKWorkoutActivityTypeCycling" duration="30" durationUnit="min" startDate="%s" endDate="%s"/>
`, r.Duration.Minutes(), w.time(r.Start), w.time(end), indoor, w.time(end), w.time(r.Start), w.time(end), w.time(r.Start), w.time(end),
		r.Speed*r.Duration.Seconds()/1000, w.time(r.Start), w.time(end))
}
