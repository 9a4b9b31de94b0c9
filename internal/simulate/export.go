package simulate

import (
	"archive/zip"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/muktihari/fit/encoder"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
)

// stravaHeader are the first columns of the list in Strava's bulk export; some of
// those behind them are doubled.
func stravaHeader() []string {
	return []string{
		"Activity ID", "Activity Date", "Activity Name", "Activity Type", "Activity Description", "Elapsed Time", "Distance",
		"Max Heart Rate", "Relative Effort", "Commute", "Activity Private Note", "Activity Gear", "Filename", "Athlete Weight",
		"Bike Weight", "Elapsed Time", "Moving Time", "Distance",
	}
}

// WriteStravaExport writes a bulk export as Strava makes it: the runs as FIT
// files packed by gzip, and a list with the title, description, private note
// and gear of each. A ride from a phone (GPX), one from an old watch (TCX) and
// an activity that was typed in are in it, too.
func WriteStravaExport(w io.Writer, runs iter.Seq[gait.Run]) error {
	z := zip.NewWriter(w)
	rows := [][]string{stravaHeader()}
	row := func(run gait.Run, kind, file string) {
		rows = append(rows, []string{
			fmt.Sprint(7_000_000_000 + len(rows)), run.Start.Format("Jan 2, 2006, 3:04:05 PM"), run.Title, kind, run.Description,
			fmt.Sprint(int(run.Elapsed.Seconds())), fmt.Sprintf("%.2f", float64(run.Distance)/1000), "", "", "false",
			run.PrivateNote, run.Gear, file, "70.0", "", fmt.Sprint(run.Elapsed.Seconds()), fmt.Sprint(run.Duration.Seconds()),
			fmt.Sprint(float64(run.Distance)),
		})
	}
	for run := range runs {
		name := fmt.Sprintf("activities/%d.fit.gz", 8_000_000_000+len(rows))
		row(run, "Run", name)
		if err := addPacked(z, name, run); err != nil {
			return err
		}
	}
	for _, name := range []string{"activities/1.gpx", "activities/2.tcx.gz"} {
		row(gait.Run{Title: "Ride"}, "Ride", name)
		if err := add(z, name, time.Time{}, []byte("<xml/>")); err != nil {
			return err
		}
	}
	row(gait.Run{Title: "Typed in"}, "Run", "")
	list, err := z.Create("activities.csv")
	if err != nil {
		return err
	}
	if err := csv.NewWriter(list).WriteAll(rows); err != nil {
		return err
	}
	return z.Close()
}

func addPacked(z *zip.Writer, name string, run gait.Run) error {
	member, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: run.End()})
	if err != nil {
		return err
	}
	packed := gzip.NewWriter(member)
	if err := WriteFIT(packed, run); err != nil {
		return err
	}
	return packed.Close()
}

func add(z *zip.Writer, name string, modified time.Time, data []byte) error {
	member, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: modified})
	if err == nil {
		_, err = member.Write(data)
	}
	return err
}

// garminPart is how many files one of the archives inside Garmin's export holds.
const garminPart = 4000

// WriteGarminExport writes a bulk export as Garmin makes it ("Export Your
// Data"): what the watch uploaded lies in archives inside the archive, the runs
// among the given number of other FIT files (days of steps, settings), and
// beside them what other programs are for.
func WriteGarminExport(w io.Writer, runs iter.Seq[gait.Run], others int) error {
	z := zip.NewWriter(w)
	for _, name := range []string{"customer_data/customer.json", "DI_CONNECT/DI-Connect-Fitness/gear.json", "IT_CUSTOMER/photo.jpg"} {
		if err := add(z, name, time.Time{}, []byte(`{"made": "up"}`)); err != nil {
			return err
		}
	}
	g := garmin{z: z}
	next, stop := iter.Pull(runs)
	defer stop()
	for run, more := next(); more || others > 0; {
		var err error
		switch {
		case more && (others == 0 || g.files%runEvery == 0):
			err = g.file("activity", func(w io.Writer) error { return WriteFIT(w, run) })
			run, more = next()
		default:
			err = g.file("wellness", func(w io.Writer) error { return writeDay(w, g.files) })
			others--
		}
		if err != nil {
			return err
		}
	}
	if err := g.endPart(); err != nil {
		return err
	}
	return z.Close()
}

// runEvery is how many files one of which is a run.
const runEvery = 16

// garmin is an export that is being written.
type garmin struct {
	z     *zip.Writer
	part  *zip.Writer // the archive that is open inside it
	files int
}

func (g *garmin) file(kind string, write func(io.Writer) error) error {
	if g.files%garminPart == 0 {
		if err := g.endPart(); err != nil {
			return err
		}
		name := fmt.Sprintf("DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part%d.zip", g.files/garminPart+1)
		member, err := g.z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Unix(1_700_000_000, 0)})
		if err != nil {
			return err
		}
		g.part = zip.NewWriter(member)
	}
	g.files++
	member, err := g.part.CreateHeader(&zip.FileHeader{
		Name: fmt.Sprintf("runner@example.org_%s_%d.fit", kind, 90_000_000_000+g.files), Method: zip.Deflate, Modified: time.Unix(1_700_000_000, 0),
	})
	if err != nil {
		return err
	}
	return write(member)
}

func (g *garmin) endPart() error {
	if g.part == nil {
		return nil
	}
	return g.part.Close()
}

// writeDay writes the steps and heart rates of a day, the n-th since 2018, and
// every tenth time the settings of the watch instead.
func writeDay(w io.Writer, n int) error {
	begin := time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(n) * 7 * time.Hour)
	id := mesgdef.NewFileId(nil).SetType(typedef.FileMonitoringB).SetManufacturer(typedef.ManufacturerGarmin).
		SetProduct(productWatch).SetSerialNumber(serialWatch).SetTimeCreated(begin)
	const minutes, settingsEvery = 2 * 60, 10
	messages := make([]proto.Message, 0, minutes+1)
	if n%settingsEvery == 0 {
		messages = append(messages, id.SetType(typedef.FileSettings).ToMesg(nil), mesgdef.NewUserProfile(nil).SetWeightScaled(70).ToMesg(nil))
	} else {
		messages = append(messages, id.ToMesg(nil))
		for m := range minutes {
			messages = append(messages, mesgdef.NewMonitoring(nil).SetTimestamp(begin.Add(time.Duration(m)*time.Minute)).
				SetHeartRate(uint8(50+(m*7+n)%40)).SetCycles(uint32(m)).ToMesg(nil)) // #nosec G115 -- small
		}
	}
	if err := encoder.New(w).Encode(&proto.FIT{Messages: messages}); err != nil {
		return fmt.Errorf("write FIT file: %w", err)
	}
	return nil
}
