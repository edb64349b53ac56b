package config

import (
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"
)

// envPrefix begins the name of every environment variable that stands for a flag.
const envPrefix = "GOODPRACTICE_"

// description is what the help says of the program.
const description = "A knowledge base of good practices of cities and regions, with a GraphQL API.\n\n" +
	"Every command but schema, version, health and eval works on the directory --data, whether a server runs on " +
	"it or not. Each flag can also be set by the environment variable that the help names beside it; " +
	"the flag wins."

// Parse reads a command line, without the program's name. What no flag says is taken from the
// environment, then from the defaults. Where the help is asked for it is written to stdout and
// Selected is nil. An error is one line, or one line for each thing that is wrong, in plain English.
func Parse(args []string, getenv func(string) string, stdout io.Writer) (Command, error) {
	var line commandLine
	helped := false
	parser, err := kong.New(&line,
		kong.Name("goodpractice"),
		kong.Description(description),
		kong.Writers(stdout, stdout),
		kong.Exit(func(int) { helped = true }),
		kong.Resolvers(fromEnvironment(getenv)),
		kong.ValueFormatter(describe),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
	)
	if err != nil {
		return Command{}, fmt.Errorf("set up the command line: %w", err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if helped {
		return Command{}, nil
	}
	if err != nil {
		return Command{}, fmt.Errorf("%s\nRun goodpractice --help, or --help after a command", withoutPassword(spaced(err.Error())))
	}
	command := Command{Global: line.Global, Selected: parsed.Selected().Target.Addr().Interface()}
	if command.LogLevel == "" {
		command.LogLevel = usualLogLevel(command.Selected)
	}
	return command, nil
}

// spaced puts a space after each comma of the list of values that kong writes without any.
func spaced(message string) string {
	before, list, found := strings.Cut(message, " must be one of ")
	if !found {
		return message
	}
	list, got, _ := strings.Cut(list, " but got ")
	return before + " must be one of " + strings.ReplaceAll(list, `","`, `", "`) + " but got " + got
}

// usualLogLevel lets the server tell of every request, and the other commands only of trouble.
func usualLogLevel(selected any) string {
	if _, serves := selected.(*Serve); serves {
		return "info"
	}
	return "warn"
}

// fromEnvironment sets a flag from its variable. An empty variable counts as none.
func fromEnvironment(getenv func(string) string) kong.Resolver {
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if flag.Name == "help" {
			return nil, nil // This is how kong is told that there is no value.
		}
		if value := getenv(variable(flag.Name)); value != "" {
			return value, nil
		}
		return nil, nil
	})
}

// describe is the help of a flag with its default and the name of its variable.
func describe(value *kong.Value) string {
	if value.Flag == nil || value.Name == "help" {
		return value.Help
	}
	help := value.Help
	if value.Default != "" {
		help += " Default: " + value.Default + "."
	}
	return help + " [$" + variable(value.Name) + "]"
}

// variable is the name of the environment variable that stands for a flag.
func variable(flag string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}
