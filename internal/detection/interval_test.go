package main

import (
	"math"
	"testing"
)

func TestWilsonInterval(t *testing.T) {
	// by hand: 8 of 10 lies between .490 and .943
	if i := (share{8, 10}).wilson(); math.Abs(i.low-0.490) > 0.001 || math.Abs(i.high-0.943) > 0.001 || i.value != 0.8 {
		t.Errorf("got %v", i)
	}
}

// TestBootstrapDrawsRunners: runners who are all alike leave no doubt; few who differ
// leave much.
func TestBootstrapDrawsRunners(t *testing.T) {
	alike := bootstrap([]perRunner{{1, 10}, {1, 10}, {1, 10}})
	if alike.value != 0.1 || alike.low != 0.1 || alike.high != 0.1 {
		t.Errorf("alike: %v", alike)
	}
	if apart := bootstrap([]perRunner{{0, 10}, {0, 10}, {3, 10}}); apart.value != 0.1 || apart.low != 0 || apart.high < 0.2 {
		t.Errorf("apart: %v", apart)
	}
}
