// Package partners knows what every request has to be told of partners, and counts what they use.
//
//	directory := partners.NewDirectory(logger)
//	err := directory.Fill(ctx, index, store) // once the index is ready; Changed hears of everything after
//	allowed := directory.AllowsOrigin("https://dashboard.example")
//
//	counter := partners.NewCounter(partners.CounterOptions{Store: store, Directory: directory, Logger: logger, Now: time.Now})
//	counter.Record(ctx, partners.Executed{Operation: "Practices", Points: 120})
//	err = counter.Run(ctx)   // writes the counts every few seconds
//	err = counter.Flush(ctx) // and what is left at the end
//
// A Directory is a copy in memory of what partners' records say of origins, documents and quotas. It is fed by
// the store's feed, so that a change on any server reaches all of them, and is read without a lock. A Counter
// adds up in memory and hands the sums to the store, where those of several servers come together.
//
// The package decides nothing about permissions, does not look at tokens, and refuses nobody: package web asks
// it about origins, and the program gives quotas to whatever shares out points. Only the program imports it.
package partners
