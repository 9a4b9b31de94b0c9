package words

import (
	"fmt"
	"strings"
)

// NoSources stands where sources would, and says how runs come.
const NoSources = "none: set [sources.fit] dirs, or use gaitkeeper import"

// WhatIsRead says which files hold runs.
const WhatIsRead = "gaitkeeper reads .fit, .fit.gz and .zip: the folder GARMIN/Activity of the watch, the original file of a run\n" +
	"(\"Export Original\"), or the bulk export of Garmin or Strava as it is. GPX and TCX do not tell left from right."

// NoFITFile says what was found where no FIT file is: "12 .jpg", "3 .gpx".
func NoFITFile(found []string) string {
	if len(found) == 0 {
		return "There is no file at all."
	}
	return "No FIT file is there, only: " + strings.Join(found, ", ")
}

// AgreeAt asks to agree to something on a page of Strava's.
func AgreeAt(address string) string {
	return fmt.Sprintf("Open this address in a browser and agree (leave the boxes ticked):\n\n  %s\n\n"+
		"If the browser runs on another machine, it ends at a page that it cannot open:\n"+
		"copy the address of that page, paste it here and press Enter.", address)
}

// KeptBesideRestored says where the database is that a restore has replaced.
func KeptBesideRestored(file string) string {
	return fmt.Sprintf("What was there before is kept as %s. Once all is well, you can delete that file.", file)
}
