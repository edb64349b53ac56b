package mongostore

import (
	"context"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"goodpractice/internal/knowledge"
)

// maxFill is how many missing numbers are filled at a time.
const maxFill = 1000

// bridge deals with numbers that are missing between the position and the next entry: the beginning of the
// log was cut off, or a failover took entries back that nobody was told of. After Options.GapWait the missing
// numbers are taken by entries that name nothing. Whoever meant to use one finds it taken, and takes another.
func (f *feed) bridge(ctx context.Context, next int64) error {
	floor, err := f.store.floor(ctx)
	if err != nil {
		return err
	}
	if f.at.number < floor {
		return fmt.Errorf("the log has been cut off below %d: %w", floor, knowledge.ErrCursorLost)
	}
	now := f.store.options.Now()
	if f.gap.IsZero() {
		f.gap = now
	}
	if left := f.store.options.GapWait - now.Sub(f.gap); left > 0 {
		return f.wait(ctx, min(left, f.store.options.Poll))
	}
	var fillers []entry
	for n := f.at.number + 1; n < next && len(fillers) < maxFill; n++ {
		fillers = append(fillers, entry{Number: n, Token: newToken(), Refs: []ref{}, At: now.UTC()})
	}
	f.store.options.Logger.WarnContext(ctx, "filling a gap in the log", "from", f.at.number+1, "numbers", len(fillers))
	f.gap = time.Time{}
	err = f.store.call(ctx, func(ctx context.Context) error {
		_, err := f.store.log.InsertMany(ctx, fillers, options.InsertMany().SetOrdered(false))
		return exceptDuplicates(err)
	})
	if err != nil && ctx.Err() == nil {
		return unavailable(messageAway, "fill a gap in the log", err)
	}
	return err
}
