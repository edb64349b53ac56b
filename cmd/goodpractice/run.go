package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"goodpractice/graph"
	"goodpractice/internal/config"
	"goodpractice/internal/telemetry"
)

// program is what a command has to work with.
type program struct {
	config.Global
	stdin          io.Reader
	stdout, stderr io.Writer
	log            *slog.Logger
	now            func() time.Time
}

// run is the whole program: it does what args ask for, until it is done or ctx ends.
func run(
	ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer,
) error {
	command, err := config.Parse(args, getenv, stdout)
	if err != nil || command.Selected == nil {
		return err
	}
	log, err := telemetry.NewLogger(stderr, command.LogFormat, command.LogLevel)
	if err != nil {
		return err
	}
	p := &program{
		Global: command.Global, stdin: stdin, stdout: stdout, stderr: stderr, log: log, now: time.Now,
	}
	return p.do(ctx, command.Selected)
}

// do carries out a command.
func (p *program) do(ctx context.Context, selected any) error {
	switch c := selected.(type) {
	case *config.Serve:
		return p.serve(ctx, c)
	case *config.Import:
		return p.importFile(ctx, c)
	case *config.Export:
		return p.export(ctx, c)
	case *config.Reindex:
		return p.reindex(ctx)
	case *config.Check:
		return p.check(ctx)
	case *config.Health:
		return p.health(ctx, c)
	case *config.TokenCreate:
		return p.createToken(ctx, c)
	case *config.TokenList:
		return p.listTokens(ctx)
	case *config.TokenRevoke:
		return p.revokeToken(ctx, c)
	case *config.Backup:
		return p.backup(ctx, c)
	case *config.Eval:
		return p.evaluate(ctx, c)
	case *config.Schema:
		return p.print(graph.Schema())
	case *config.Version:
		return p.print(version())
	default:
		return fmt.Errorf("the command %T is not there", selected)
	}
}

// print writes text to standard output.
func (p *program) print(text string) error {
	if _, err := io.WriteString(p.stdout, text); err != nil {
		return fmt.Errorf("write the output: %w", err)
	}
	return nil
}

// printf writes formatted text to standard output.
func (p *program) printf(format string, args ...any) error {
	return p.print(fmt.Sprintf(format, args...))
}
