package main

import (
	"io"
	"log/slog"

	"gaitkeeper/api"
	"gaitkeeper/config"
)

// newLog returns the log in the format the config names. Neither holds anything
// that steers a terminal: the text handler quotes it.
func newLog(format config.LogFormat, level slog.Level, w io.Writer) *slog.Logger {
	o := &slog.HandlerOptions{Level: level}
	if format == config.LogJSON {
		return slog.New(slog.NewJSONHandler(api.EscapedJSON(w), o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}
