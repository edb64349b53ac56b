package attack_test

import "testing"

// Everything that one server has to bear. The cases run one after another: what they cost is measured.
func TestAttacks(t *testing.T) {
	if testing.Short() {
		t.Skip("an attack takes its time")
	}
	s := start(t, build(t))
	for _, group := range []struct {
		name string
		run  func(*testing.T, *target)
	}{
		{"documents", attackDocuments},
		{"requests", attackRequests},
		{"foreign pages", attackAsForeignPage},
		{"texts", attackWithTexts},
		{"tokens", attackTokens},
		{"slow clients", attackSlowly},
		{"sockets", attackSockets},
	} {
		t.Run(group.name, func(t *testing.T) { group.run(t, s) })
	}
	quotesNothing(t, s)
	if resident := s.resident(t); resident > mostMemory {
		t.Errorf("the server takes %d MB after all that", resident>>20)
	}
}

// mostMemory is what a server with the sample records may take after all attacks. It takes about 150 MB before them; those
// of 64 MB bodies and of 200 answers of the schema would take far more if they were let in.
const mostMemory = 400 << 20
