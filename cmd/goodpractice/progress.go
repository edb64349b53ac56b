package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// redrawEvery is how often a line of progress is written at most.
const redrawEvery = 100 * time.Millisecond

// progress is one line on a terminal that tells how far something is. Anywhere else it is silent. One
// goroutine uses it.
type progress struct {
	to    io.Writer // Nil where it is silent.
	what  string    // With %d for the number.
	now   func() time.Time
	drawn time.Time
}

// progress begins a line of progress on standard error.
func (p *program) progress(what string) *progress {
	line := &progress{what: what, now: p.now}
	if file, ok := p.stderr.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		line.to = file
	}
	return line
}

// at tells the number.
func (p *progress) at(done int) {
	if p.to == nil || p.now().Sub(p.drawn) < redrawEvery {
		return
	}
	p.drawn = p.now()
	p.write("\r\x1b[K" + fmt.Sprintf(p.what, done))
}

// clear takes the line away, so that something else can be written.
func (p *progress) clear() {
	if p.to != nil && !p.drawn.IsZero() {
		p.write("\r\x1b[K")
		p.drawn = time.Time{}
	}
}

// write does not tell of errors: progress is a courtesy.
func (p *progress) write(text string) { _, _ = io.WriteString(p.to, text) }
