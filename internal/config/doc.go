// Package config is the program's command line: its commands, their flags, the environment
// variables that stand for flags, and the help text.
//
//	command, err := config.Parse(os.Args[1:], os.Getenv, os.Stdout)
//	if err != nil || command.Selected == nil { // A nil command: the help was shown.
//		return err
//	}
//	switch selected := command.Selected.(type) {
//	case *config.Serve:
//
// Everything is checked here, once, before anything is opened. The package does not read files,
// opens nothing and decides nothing that needs the records. Only cmd/goodpractice and package web
// may import it; it imports none of our packages.
package config
