package main

import (
	"runtime/debug"
	"strings"
)

// version tells which build of the program this is, as far as the build knows.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "goodpractice, built without a version\n"
	}
	words := []string{"goodpractice", info.Main.Version}
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			words = append(words, "commit", setting.Value)
		case "vcs.modified":
			if setting.Value == "true" {
				words = append(words, "with changes")
			}
		}
	}
	return strings.Join(append(words, info.GoVersion), " ") + "\n"
}
