package fitfile

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// The headers of Strava's list, as far as they matter: some of those behind the
// file are doubled.
const (
	englishHeader = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate," +
		"Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,Distance,Commute,Media\n"
	germanHeader = "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,Distanz,Max. Herzfrequenz," +
		"Relative Leistung,Pendeln,Hinweis zur Privatsphäre für Aktivitäten,Aktivitätsausrüstung,Dateiname,Sportlergewicht\n"
	strangeHeader = "Ynnyd,Dyddiad,Enw,Math,Disgrifiad,Amser,Pellter,Calon,Ymdrech,Cymudo,Nodyn,Esgidiau,Ffeil,Pwysau\n"
	oldHeader     = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n"
)

// listRow is a row of the present list.
func listRow(title, description, note, gear, file string) string {
	cells := []string{"8228026758", "Dec 9, 2022, 3:24:49 PM", title, "Run", description, "3189", "9.44", "", "", "false", note, gear, file, "70.0"}
	for i, c := range cells {
		cells[i] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
	}
	return strings.Join(cells, ",") + "\n"
}

func TestTheListOfActivities(t *testing.T) {
	whole := map[string]exportText{"activities/1.fit": {"Morning Run", "slow, \"easy\"\n#pain 4 left achilles", "tired", "Trail shoes"}}
	row := listRow("Morning Run", "slow, \"easy\"\n#pain 4 left achilles", "tired", "Trail shoes", "activities/1.fit.gz")
	tests := map[string]struct {
		list  string
		want  map[string]exportText
		fault string
	}{
		"English, doubled headers": {englishHeader + row, whole, ""},
		"with a mark of its bytes": {"\ufeff" + englishHeader + row, whole, ""},
		"lines of Windows":         {strings.ReplaceAll(englishHeader+row, "\n", "\r\n"), whole, ""},
		"German":                   {germanHeader + row, whole, ""},
		"a language nobody knows":  {strangeHeader + listRow("Cerdded", "x", "", "", "") + row, whole, ""},
		"before 2019": {
			oldHeader + "1,2018-09-12 15:02:23,Evening Run,Run,flat,783,3681.0,true,Old shoes,activities/2.fit.gz\n",
			map[string]exportText{"activities/2.fit": {"Evening Run", "flat", "", "Old shoes"}},
			"",
		},
		"other columns in the middle, one more at the end": {
			"Filename,New,Activity Gear,Activity Name,Activity Description\nactivities/3.FIT,x,Shoes,Run,far,and more\n",
			map[string]exportText{"activities/3.fit": {"Run", "far", "", "Shoes"}},
			"",
		},
		"no recording, or none that is read": {
			englishHeader + listRow("Typed in", "", "", "", "") + listRow("Phone", "", "", "", "activities/4.gpx.gz") + listRow("Bad", "", "", "", "#error#"),
			map[string]exportText{},
			"",
		},
		"named twice: the first": {
			englishHeader + listRow("One", "", "", "", "activities/5.fit.gz") + listRow("Two", "", "", "", "activities/5.fit.gz"),
			map[string]exportText{"activities/5.fit": {title: "One"}},
			"",
		},
		"shorter rows": {englishHeader + "7,date,name\n" + row, whole, ""},
		"nothing":      {"", map[string]exportText{}, ""},
		"no activity":  {englishHeader, map[string]exportText{}, ""},
		"no file names": {
			strings.Replace(englishHeader, "Filename", "Fichier", 1) + listRow("One", "", "", "", "1.fit"),
			map[string]exportText{},
			"none of its columns names the activities' files",
		},
		"the file's column by what is in it": {strings.Replace(englishHeader, "Filename", "Fichier", 1) + row, whole, ""},
		"no descriptions": {
			strings.Replace(englishHeader, "Activity Description", "Beschrijving", 1) + row,
			map[string]exportText{"activities/1.fit": {"Morning Run", "", "tired", "Trail shoes"}},
			"columns of descriptions were not found",
		},
		"breaks off in a text": {
			englishHeader + row + listRow("Torn", "far and", "", "", "activities/9.fit.gz")[:60],
			whole, "",
		},
		"what no screen shows": {
			englishHeader + listRow("A\x00\u202eB", "one\x07\r\ntwo\xff", "", "\n Shoes ", "activities/1.fit"),
			map[string]exportText{"activities/1.fit": {"AB", "one\ntwo", "", "Shoes"}},
			"",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, fault, err := readWords(strings.NewReader(tt.list))
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(exportText{})); diff != "" || err != nil {
				t.Error(diff, err)
			}
			if (fault == "") != (tt.fault == "") || !strings.Contains(fault, tt.fault) {
				t.Errorf("fault %q, want %q", fault, tt.fault)
			}
		})
	}
}

func TestWordsAreKnownByTheirMark(t *testing.T) {
	all := []exportText{{}, {title: "a"}, {description: "a"}, {note: "a"}, {gear: "a"}, {title: "ab", description: "c"}, {title: "a", description: "bc"}}
	var marks []string
	for _, w := range all {
		if slices.Contains(marks, w.changeHash()) {
			t.Errorf("%v has the mark of another", w)
		}
		marks = append(marks, w.changeHash())
	}
	if marks[0] != "" {
		t.Errorf("no words have the mark %q", marks[0])
	}
}

// FuzzActivities: whatever the list is, reading it returns, with texts that can
// be kept.
func FuzzActivities(f *testing.F) {
	for _, header := range []string{englishHeader, germanHeader, strangeHeader, oldHeader, "\ufeff" + englishHeader, ""} {
		f.Add(header + listRow("Run", "#pain 4\nleft \"knee\"", "x", "Shoes", "activities/1.fit.gz") + listRow("", "", "", "", ""))
	}
	f.Add(englishHeader + `1,2,"3`)
	f.Fuzz(func(t *testing.T, list string) {
		got, fault, err := readWords(strings.NewReader(list))
		if err != nil || strings.ContainsAny(fault, "\n\r") {
			t.Errorf("fault %q, %v", fault, err)
		}
		for file, w := range got {
			if !strings.HasSuffix(file, ".fit") && !strings.HasSuffix(file, ".zip") {
				t.Errorf("words of %q", file)
			}
			for _, s := range []string{w.title, w.description, w.note, w.gear} {
				if !utf8.ValidString(s) || strings.Contains(s, "\x00") || len(s) > maxText {
					t.Errorf("%q cannot be kept", s)
				}
			}
			if strings.ContainsAny(w.title+w.gear, "\n\r") {
				t.Errorf("%q is more than a line", fmt.Sprint(w.title, w.gear))
			}
		}
	})
}
