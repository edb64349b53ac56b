package transport

// gate lets a bounded number in at once.
type gate chan struct{}

func newGate(capacity int) gate {
	return make(gate, capacity)
}

// enter reports whether there was room. Whoever got in must leave.
func (g gate) enter() bool {
	select {
	case g <- struct{}{}:
		return true
	default:
		return false
	}
}

func (g gate) leave() {
	<-g
}
