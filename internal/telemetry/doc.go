// Package telemetry sets up what the program tells about itself: its structured log.
//
//	log, err := telemetry.NewLogger(os.Stderr, "json", "info")
//
// It makes loggers and nothing else: what is logged is up to those who get one. It starts nothing,
// sends nothing over a network and does not touch slog's default logger. Only cmd/goodpractice and
// tests may import it; everyone else takes a *slog.Logger as a parameter.
package telemetry
