// Package attack is the attack suite: it builds the program, runs it as a process of its own, and does to it over a real
// connection what a stranger on the internet may do. Each case names the row of docs/attacks.md that it belongs to.
//
//	go test ./internal/attack
//
// A case passes when the answer is an ordinary refusal (or an ordinary answer), came in time, quotes nothing of what was
// sent, and left a server that still finds "housing". What needs a browser is in internal/e2e; what cannot be brought about
// from outside, such as a panic, is tested beside its code. The page names all of them, and a test of this package holds
// that they exist and that no row is without one.
//
// It attacks servers that it started itself on 127.0.0.1, and nothing else. Test code only.
package attack
