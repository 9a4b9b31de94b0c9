package words

import "fmt"

// What `gaitkeeper init` asks and says. What it does not hold, such as the name of a
// field to fill in, stands beside its question in the command.
const (
	SetupBegins       = "A few questions. Press Enter to accept the answer in brackets, or to skip what has none. Nothing is written until the end."
	WhereRunsComeFrom = "Where do your runs come from?"
	HowToReachYou     = "How should I reach you?"
	OpenOnPhone       = "Open the page on your phone, too? It will ask for a password"

	YesOrNo       = "Type y or n."
	SkippedForNow = "Skipped. You can add it to the config later."
	KeptForNow    = "Kept as it is. gaitkeeper check tests it again later."

	StartService     = "Start it now, and whenever you log in?"
	ServiceStarted   = "It runs. To keep it running while you are logged out: loginctl enable-linger"
	ServiceOfMachine = "The service of this machine is on, and reads /etc/gaitkeeper/config.toml, not the file written now. To run as yourself instead:\n" +
		"  sudo systemctl disable --now gaitkeeper && systemctl --user enable --now gaitkeeper"
)

// OneOf asks for a number from 1 on.
func OneOf(most int) string { return fmt.Sprintf("Type a number from 1 to %d.", most) }

// NoRunsFrom says that so many sources had no run, and how the first one comes.
func NoRunsFrom(sources int) string {
	if sources == 0 {
		return "No runs yet: add FIT files on the page, or with gaitkeeper import."
	}
	return "No runs yet: the daemon takes them in as they come."
}
