package main

import (
	"io"
	"log/slog"

	"gaitkeeper/config"
)

// newLog returns the log in the format the config names.
func newLog(format config.LogFormat, level slog.Level, w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: level}
	if format == config.LogJSON {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}
