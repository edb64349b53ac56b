package relay

import "goodpractice/internal/knowledge"

// Viewer is who is asking.
type Viewer struct {
	Name       string
	Role       *knowledge.Role
	CanPost    bool
	CanPublish bool
	Actor      knowledge.Actor
}

// ViewerOf shows an actor to itself.
func ViewerOf(a knowledge.Actor) *Viewer {
	v := &Viewer{Name: a.Name, CanPost: a.MayPost(), CanPublish: a.IsEditor(), Actor: a}
	if a.Role != knowledge.RoleAnonymous {
		v.Role = &a.Role
	}
	return v
}
