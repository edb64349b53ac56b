package mongostore

import (
	"hash/maphash"
	"sync"
)

// slugLocks let the saves of this process that claim the same slug go one after the other. The unique index
// decides between them in any case; but MongoDB-wire servers on PostgreSQL let such writes wait for each
// other until one is broken off, a second later.
type slugLocks struct {
	once sync.Once
	seed maphash.Seed
	all  [1024]sync.Mutex
}

// of is the lock of a slug. Different slugs may share one.
func (l *slugLocks) of(key string) *sync.Mutex {
	l.once.Do(func() { l.seed = maphash.MakeSeed() })
	return &l.all[maphash.String(l.seed, key)%uint64(len(l.all))]
}
