// Command goodpractice is a knowledge base of good practices: a server with a GraphQL API and a
// playground, and the commands that look after its records.
//
//	goodpractice serve --addr 127.0.0.1:8080 --data DIR
//	goodpractice import FILE
//	goodpractice token create --role contributor --authority SLUG
//
// goodpractice --help lists all of them.
//
// This is the one place that names stores and a search engine and puts everything together (app). The
// records are in the embedded store or in a MongoDB database (store.go). A server listens before its
// database answers, and comes to what it can do step by step (start.go). A command that works on records
// speaks to whoever has the data directory open: to a running server by its administration socket, or,
// where there is none, to the same handler in this process. So each command is written once.
//
// The package decides nothing about practices, and knows no GraphQL and no HTTP of its own, but for the
// question of health. Nothing may import it.
package main
