package gait

import (
	"fmt"
	"math"
	"strconv"
)

// Params are the thresholds of the detector and of the pain rules.
// [DefaultParams] fills them, [Params.Table] describes each.
type Params struct {
	Analysis AnalysisParams
	Pain     PainParams
}

// Parameter describes one threshold: where it stands in the config, what it
// means, and where its default comes from. Exactly one of Float and Int points
// at the value.
type Parameter struct {
	Key      string // section and key in the config: "analysis.warm_up"
	Default  float64
	Min, Max float64
	Unit     string
	Meaning  string
	Source   string
	Float    *float64
	Int      *int
}

// section is a part of the config that holds parameters.
type section string

// count describes a whole number of the section.
func (s section) count(key string, v *int, def, low, high float64, unit, meaning, source string) Parameter {
	return Parameter{string(s) + "." + key, def, low, high, unit, meaning, source, nil, v}
}

// figure describes a number of the section.
func (s section) figure(key string, v *float64, def, low, high float64, unit, meaning, source string) Parameter {
	return Parameter{string(s) + "." + key, def, low, high, unit, meaning, source, v, nil}
}

// Set gives the parameter the value v; v must be within its range and, for a
// count, whole.
func (q Parameter) Set(v float64) error {
	if math.IsNaN(v) || v < q.Min || v > q.Max {
		return fmt.Errorf("%v is outside %v to %v (%s)", v, q.Min, q.Max, q.Unit)
	}
	if q.Int == nil {
		*q.Float = v
		return nil
	}
	if v != math.Trunc(v) {
		return fmt.Errorf("%v is not a whole number (%s)", v, q.Unit)
	}
	*q.Int = int(v)
	return nil
}

// Value returns the parameter's present value.
func (q Parameter) Value() float64 {
	if q.Int != nil {
		return float64(*q.Int)
	}
	return *q.Float
}

// DefaultParams returns the thresholds that stand where the config is silent.
func DefaultParams() Params {
	var p Params
	for _, q := range p.Table() {
		if q.Int != nil {
			*q.Int = int(q.Default)
		} else {
			*q.Float = q.Default
		}
	}
	return p
}

// Table describes every threshold of p, in the order of the config file. The
// rows point into p.
func (p *Params) Table() []Parameter {
	return append(p.Analysis.table(), p.Pain.table()...)
}

// Lookup returns the parameter with the given key.
func (p *Params) Lookup(key string) (Parameter, bool) {
	for _, q := range p.Table() {
		if q.Key == key {
			return q, true
		}
	}
	return Parameter{}, false
}

// Assign gives the parameter with the given key the value that is written. The
// error names the key and what is wrong with it.
func (p *Params) Assign(key, value string) error {
	q, ok := p.Lookup(key)
	if !ok {
		return fmt.Errorf("no threshold is called %.40q: [analysis] and [pain] in config.example.toml name them all", key)
	}
	v, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return fmt.Errorf("%s: %.40q is not a number", key, value)
	}
	if err := q.Set(v); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	return nil
}

// Measurement returns the values of the parameters that decide a run's
// measures; the others only judge them.
func (p AnalysisParams) Measurement() []float64 {
	var values []float64
	for _, q := range p.measureTable() {
		values = append(values, q.Value())
	}
	return values
}
