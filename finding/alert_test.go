package finding_test

import (
	"testing"

	"gaitkeeper/finding"
	"gaitkeeper/gait"
)

func TestAnAlertSendsUnlessItIsSilentOrSuppressed(t *testing.T) {
	for alert, want := range map[finding.Alert]bool{
		{}:                      false,
		{Level: gait.LevelNone}: false,
		{Level: gait.LevelAsk}:  true,
		{Level: gait.LevelWarn}: true,
		{Level: gait.LevelWarn, Suppressed: finding.SuppressedRefractory}: false,
	} {
		if got := alert.Sends(); got != want {
			t.Errorf("%+v sends: %t, want %t", alert, got, want)
		}
	}
}
