package chart

import (
	"image/color"

	"gaitkeeper/gait"
)

// palette is the colours by what they mean.
type palette struct {
	paper, ink, soft, grid color.NRGBA
	normal, band           color.NRGBA // runs as usual, the runner's normal
	bar                    color.NRGBA // the distance of a week
	ask, warn, pain        color.NRGBA
	edge                   color.NRGBA // around the loud marks
}

// The colours of Okabe and Ito.
const (
	orange     = 0xE69F00
	skyBlue    = 0x56B4E9
	blue       = 0x0072B2
	vermillion = 0xD55E00
	purple     = 0xCC79A7
)

func (t Theme) palette() palette {
	if t == Dark {
		return palette{
			paper: rgb(0x14181D), ink: rgb(0xE8ECF0), soft: rgb(0xA3AEB9), grid: rgb(0x2B333C),
			normal: rgb(skyBlue), band: faint(skyBlue, 0x30), bar: faint(skyBlue, 0x80), ask: rgb(orange), warn: rgb(vermillion), pain: rgb(purple),
			edge: rgb(0x14181D),
		}
	}
	return palette{
		paper: rgb(0xFFFFFF), ink: rgb(0x1B242C), soft: rgb(0x56636F), grid: rgb(0xE3E7EB),
		normal: rgb(blue), band: faint(blue, 0x22), bar: faint(blue, 0x70), ask: rgb(orange), warn: rgb(vermillion), pain: rgb(purple),
		edge: rgb(0x1B242C),
	}
}

func rgb(hex uint32) color.NRGBA { return faint(hex, 0xFF) }

func faint(hex uint32, alpha uint8) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8 & 0xFF), B: uint8(hex & 0xFF), A: alpha} //nolint:gosec // the bytes of a colour
}

// of returns the colour and the shape of a run that speaks that loud.
func (p palette) of(level gait.Level) (color.NRGBA, shape) {
	switch level {
	case gait.LevelWarn:
		return p.warn, diamond
	case gait.LevelAsk:
		return p.ask, triangle
	case gait.LevelNone:
		return p.normal, dot
	default:
		return p.normal, dot
	}
}
