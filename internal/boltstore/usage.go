package boltstore

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	bolt "go.etcd.io/bbolt"

	"goodpractice/internal/knowledge"
)

// bucketUsage holds counts. It is made with the first of them: a file of an earlier version has none, and an
// earlier version leaves it alone, so it is no new format.
const bucketUsage = "usage"

// What stands before the name in a key: the name of an operation, or a schema coordinate.
const (
	usedOperation  = 'o'
	usedDeprecated = 'd'
)

// counts is the value of a key in the bucket usage.
type counts struct {
	Requests int64 `json:"r,omitempty"`
	Failures int64 `json:"f,omitempty"`
	Points   int64 `json:"p,omitempty"`
	Unproven int64 `json:"u,omitempty"`
}

// AddUsage adds to the counts of partners, all of them or, with an error, none. It has reached the disk when it
// returns. The error is of the kind Unavailable when the store is closed.
func (s *Store) AddUsage(ctx context.Context, counted []knowledge.Usage) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	err := s.db.Update(func(tx *bolt.Tx) error {
		bucket, err := tx.CreateBucketIfNotExists([]byte(bucketUsage))
		if err != nil {
			return err
		}
		for _, u := range counted {
			if err := addUsage(bucket, u); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return failed("add to the usage", err)
	}
	return nil
}

func addUsage(bucket *bolt.Bucket, u knowledge.Usage) error {
	key := usageKey(u)
	var c counts
	if text := bucket.Get(key); text != nil {
		if err := json.Unmarshal(text, &c); err != nil {
			return fmt.Errorf("read the usage %q: %w", key, err)
		}
	}
	c.Requests += u.Requests
	c.Failures += u.Failures
	c.Points += u.Points
	c.Unproven += u.Unproven
	text, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("write the usage %q: %w", key, err)
	}
	return bucket.Put(key, text)
}

// Usage gives the counts of a partner from one day to another, both included, by day. The error is of the kind
// Unavailable when the store is closed.
func (s *Store) Usage(ctx context.Context, partner knowledge.ID, from, to knowledge.Date) ([]knowledge.Usage, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var counted []knowledge.Usage
	err := s.db.View(func(tx *bolt.Tx) error {
		bucket := tx.Bucket([]byte(bucketUsage))
		if bucket == nil {
			return nil
		}
		prefix := []byte(string(partner) + "\x00")
		cursor := bucket.Cursor()
		for key, text := cursor.Seek(append(bytes.Clone(prefix), from...)); bytes.HasPrefix(key, prefix); key, text = cursor.Next() {
			u, err := usageOf(key, text)
			if err != nil {
				return err
			}
			if u.Day > to {
				break
			}
			counted = append(counted, u)
		}
		return nil
	})
	if err != nil {
		return nil, failed("read the usage", err)
	}
	return counted, nil
}

// DropUsage forgets the counts of all days before one. The error is of the kind Unavailable when the store is
// closed.
func (s *Store) DropUsage(ctx context.Context, before knowledge.Date) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	err := s.db.Update(func(tx *bolt.Tx) error {
		bucket := tx.Bucket([]byte(bucketUsage))
		if bucket == nil {
			return nil
		}
		return dropUsage(bucket, before)
	})
	if err != nil {
		return failed("drop old usage", err)
	}
	return nil
}

// dropUsage collects the keys first: to delete while a cursor goes on may make it skip.
func dropUsage(bucket *bolt.Bucket, before knowledge.Date) error {
	var old [][]byte
	cursor := bucket.Cursor()
	for key, _ := cursor.First(); key != nil; {
		partner, rest, _ := bytes.Cut(key, []byte{0})
		if day, _, _ := bytes.Cut(rest, []byte{0}); string(day) >= string(before) { // The days of a partner are in order.
			key, _ = cursor.Seek(append(bytes.Clone(partner), 1))
			continue
		}
		old = append(old, bytes.Clone(key))
		key, _ = cursor.Next()
	}
	for _, key := range old {
		if err := bucket.Delete(key); err != nil {
			return err
		}
	}
	return nil
}

// usageKey is where counts are kept: the partner, the day and the name, with zero bytes between them.
func usageKey(u knowledge.Usage) []byte {
	sort, name := usedOperation, u.Operation
	if u.Deprecated != "" {
		sort, name = usedDeprecated, u.Deprecated
	}
	return []byte(string(u.Partner) + "\x00" + string(u.Day) + "\x00" + string(sort) + name)
}

// usageOf reads what AddUsage wrote.
func usageOf(key, text []byte) (knowledge.Usage, error) {
	var c counts
	parts := strings.SplitN(string(key), "\x00", 3)
	if err := json.Unmarshal(text, &c); err != nil || len(parts) != 3 || parts[2] == "" {
		return knowledge.Usage{}, fmt.Errorf("the usage %q cannot be read: %w", key, err)
	}
	u := knowledge.Usage{
		Partner: knowledge.ID(parts[0]), Day: knowledge.Date(parts[1]),
		Requests: c.Requests, Failures: c.Failures, Points: c.Points, Unproven: c.Unproven,
	}
	if parts[2][0] == usedDeprecated {
		u.Deprecated = parts[2][1:]
	} else {
		u.Operation = parts[2][1:]
	}
	return u, nil
}
