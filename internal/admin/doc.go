// Package admin lets the program's commands work on a knowledge base that a server has open: the
// store and the index have one owner, so a command asks the owner over a socket in the data directory.
//
// The server side is a handler over small interfaces, on a listener that only the owner of the
// directory can reach:
//
//	handler, err := admin.New(admin.Options{Records: records, Index: index, Tokens: tokens, Store: store, Log: log})
//	listener, err := admin.Listen(ctx, dir)
//	err = admin.Serve(ctx, listener, handler, log)
//
// The other side is a Client, which a command gets from Connect, or from Local where no server is
// running and the command has built the handler itself. Either way the command does the same.
//
//	client, err := admin.Connect(ctx, dir) // admin.ErrNoServer: nobody has the directory open.
//	report, err := client.Check(ctx)
//
// The protocol is HTTP/1.1. What takes long answers with JSON lines: progress, then one result or
// error. It is private to one version of the program: nothing else should speak it.
//
// The package asks for no token. Whoever may open the socket may do everything, which is why the
// socket is in a directory of mode 0700. It reads and writes no records itself, and never listens on
// a network. Only cmd/goodpractice and tests may import it.
package admin
