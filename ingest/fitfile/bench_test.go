package fitfile

import (
	"bytes"
	"fmt"
	"math"
	"runtime"
	"testing"
	"time"

	"github.com/muktihari/fit/decoder"
	"github.com/muktihari/fit/profile/mesgdef"
	"github.com/muktihari/fit/profile/typedef"
	"github.com/muktihari/fit/proto"

	"gaitkeeper/gait"
	"gaitkeeper/ingest"
)

// season is what a watch writes of 60 runs of an hour or so.
func season(b *testing.B) [][]byte {
	b.Helper()
	files := make([][]byte, 60)
	for i := range files {
		seconds := 2400 + 60*i
		list := []proto.Message{fileID(typedef.FileActivity), sportMessage(typedef.SportRunning)}
		for s := range seconds {
			wave := math.Sin(float64(s) / 40)
			list = append(list, recordAt(24*3600*i+s).SetPositionLat(int32(500_000_000+s)).SetPositionLong(int32(100_000_000+s)).
				SetEnhancedSpeedScaled(3+wave/5).SetEnhancedAltitudeScaled(200+10*wave).SetCadence(uint8(85+wave)).
				SetFractionalCadenceScaled(0.5).SetStanceTimeScaled(250+5*wave).SetStanceTimePercentScaled(35).
				SetStanceTimeBalanceScaled(50+wave).SetVerticalOscillationScaled(80).SetVerticalRatioScaled(7).
				SetStepLengthScaled(1050).SetHeartRate(150).SetTemperature(12).ToMesg(nil))
		}
		list = append(list, sessionMessage(24*3600*i, 24*3600*i+seconds, typedef.SportRunning, typedef.SubSportGeneric).ToMesg(nil))
		files[i] = encoded(b, list...)
	}
	return files
}

// BenchmarkImport imports a folder of 60 files and compares that with decoding
// the same bytes by muktihari/fit alone, on one core, in the same run: the
// ratio is what hash, gate, conversion and the way through the folder cost.
// Run it with -cpu 1,2.
func BenchmarkImport(b *testing.B) {
	files := season(b)
	dir, size := b.TempDir(), 0
	for i, data := range files {
		write(b, dir, fmt.Sprintf("%02d.fit", i), data)
		size += len(data)
	}
	var alone, whole time.Duration
	b.SetBytes(int64(size))
	for b.Loop() {
		alone += timed(func() {
			cores := runtime.GOMAXPROCS(1)
			decodeAlone(b, files)
			runtime.GOMAXPROCS(cores)
		})
		whole += timed(func() {
			syncer := &ingest.Syncer{Store: nowhere{}, Measure: func(r gait.Run) gait.Measures { return gait.Measures{Run: r.ID} }}
			report, err := syncer.Sync(b.Context(), NewImport(DefaultLimits(), dir))
			if err != nil || report.New != len(files) {
				b.Fatal(report, err)
			}
		})
	}
	b.ReportMetric(float64(whole)/float64(alone), "import/decode")
	b.ReportMetric(whole.Seconds()*1000/float64(b.N), "import-ms")
	b.ReportMetric(alone.Seconds()*1000/float64(b.N), "decode-ms")
}

func timed(do func()) time.Duration {
	start := time.Now()
	do()
	return time.Since(start)
}

// decodeAlone decodes the files one after the other and keeps nothing.
func decodeAlone(b *testing.B, files [][]byte) {
	b.Helper()
	for _, data := range files {
		dec := decoder.New(bytes.NewReader(data), decoder.WithIgnoreChecksum())
		for dec.Next() {
			decoded, err := dec.Decode()
			if err != nil {
				b.Fatal(err)
			}
			mesgdef.NewFileId(&decoded.Messages[0])
		}
	}
}
