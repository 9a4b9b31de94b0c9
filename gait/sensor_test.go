package gait

import "testing"

func TestSensorsHaveNames(t *testing.T) {
	for want, s := range map[string]Sensor{
		"":                            {},
		"Garmin HRM-Tri":              {Manufacturer: "garmin", Product: 1743},
		"Garmin Running Dynamics Pod": {Manufacturer: "garmin", Product: 2593},
		"Garmin":                      {Manufacturer: "garmin", Product: 3291},
		"Stryd Duo":                   {Manufacturer: MakerStryd},
		"COROS pod":                   {Manufacturer: makerCOROS, Product: 841},
		"RunScribe":                   {Manufacturer: MakerRunScribe},
		"GCT_L / GCT_R":               {Manufacturer: MakerOwn + "GCT_L / GCT_R"},
		"Wahoo fitness":               {Manufacturer: "wahoo_fitness"},
	} {
		if got := s.Name(); got != want {
			t.Errorf("%+v is %q, want %q", s, got, want)
		}
	}
}
