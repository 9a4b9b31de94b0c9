package words

import (
	"fmt"
	"math"

	"gaitkeeper/alert"
	"gaitkeeper/api"
	"gaitkeeper/gait"
)

// DemoBegins tells of the demo's made-up runner: so many ordinary runs, then a limp.
func DemoBegins(ordinary int, side gait.Side) string {
	return fmt.Sprintf("A made-up runner: %d ordinary runs, then from run %d on he spares his %s foot.", ordinary, ordinary+1, side)
}

// DemoMail tells of a mail that the demo's runner has got.
func DemoMail(run int, n alert.Notice) string {
	what := "a question"
	switch {
	case n.Kind == alert.MessageReminder:
		what = "a reminder"
	case n.Level == gait.LevelWarn:
		what = "a WARNING"
	}
	return fmt.Sprintf("After run %d: %s by mail.", run, what)
}

// DemoEnds says what has become of the demo's runner: the limp as it was measured in the
// last run, and the verdict.
func DemoEnds(name string, ordinary int, last api.Run) string {
	a := last.Asymmetry
	return fmt.Sprintf("The limp: his %s foot spends less time on the ground than usual, %.2f %% of the ground contact instead of %.2f %%: %.1f points less.\n"+
		"What happened: %s ran %d times as usual, and gaitkeeper learned what is normal for him. Then he began to spare his %[1]s foot.\n"+
		"gaitkeeper asked by mail whether anything hurts; he did not answer, and kept running.\n"+
		"Now the verdict is: %[7]s. Open the page, tap an answer, and see what changes. The mails are there too, under /mails.",
		a.ShortSide, *a.BalancePct, *a.BaselinePct, math.Abs(*a.ShiftPoints), name, ordinary, VerdictName(last.Verdict))
}

// DemoFolder says where everything of the demo lies.
func DemoFolder(dir string) string {
	return fmt.Sprintf("All of it lies in %s: delete that folder when you are done.", dir)
}
