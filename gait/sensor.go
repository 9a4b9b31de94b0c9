package gait

import "strings"

// Sensor is the strap, pod or watch that measured stance time and balance. A
// change of sensor moves both without any change of the runner's gait.
type Sensor struct {
	Manufacturer string `json:"manufacturer,omitempty"`
	Product      uint16 `json:"product,omitempty"`
	Serial       uint32 `json:"serial,omitempty"`
}

// The makers of sensors that measure each foot.
const (
	MakerRunScribe = "runscribe"
	MakerStryd     = "stryd"
	makerCOROS     = "coros"
	// MakerOwn begins the maker of a balance in fields that the runner named in the
	// config; their names follow.
	MakerOwn = "field "
)

// SensorBalance is what one of several sensors in a recording says of the whole.
type SensorBalance struct {
	Sensor Sensor  `json:"sensor"`
	Mean   Percent `json:"mean"` // the left foot's share
}

// Name is what a person calls the sensor that measured a balance: "Stryd Duo".
// It is empty for none.
func (s Sensor) Name() string {
	switch s.Manufacturer {
	case "":
		return ""
	case MakerRunScribe:
		return "RunScribe"
	case MakerStryd: // a single pod measures no balance
		return "Stryd Duo"
	case makerCOROS, "coros_byte":
		return "COROS pod"
	case "garmin":
		return garmin(s.Product)
	}
	if name, own := strings.CutPrefix(s.Manufacturer, MakerOwn); own {
		return name
	}
	return strings.ToUpper(s.Manufacturer[:1]) + strings.ReplaceAll(s.Manufacturer[1:], "_", " ")
}

// garmin names what of Garmin's measures a balance, by the product numbers of the
// FIT profile; a watch in whose file the strap is not named is "Garmin".
func garmin(product uint16) string {
	switch product {
	case 12, 1743:
		return "Garmin HRM-Tri"
	case 8, 1752:
		return "Garmin HRM-Run"
	case 13, 2327:
		return "Garmin HRM4-Run"
	case 2593:
		return "Garmin Running Dynamics Pod"
	case 3300:
		return "Garmin HRM-Pro"
	case 4130:
		return "Garmin HRM-Pro Plus"
	case 22, 4446:
		return "Garmin HRM-Fit"
	default:
		return "Garmin"
	}
}
