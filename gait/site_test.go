package gait_test

import (
	"testing"

	"gaitkeeper/gait"
)

func TestAPlaceIsNamedAsARunnerSaysIt(t *testing.T) {
	for _, tt := range []struct {
		side gait.Side
		site gait.Site
		want string
	}{
		{gait.Left, gait.Achilles, "left Achilles tendon"},
		{gait.Both, gait.Calf, "both calves"},
		{gait.Both, gait.Back, "both sides of the back"},
		{gait.NoSide, gait.Shin, "shin"},
		{gait.Right, gait.OtherSite, "right sore spot"},
		{gait.Right, gait.NoSite, "right"},
		{gait.NoSide, gait.NoSite, ""},
	} {
		if got := gait.Place(tt.side, tt.site); got != tt.want {
			t.Errorf("%q %q is %q, want %q", tt.side, tt.site, got, tt.want)
		}
	}
}
