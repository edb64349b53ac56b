// Package mongotest gives tests databases of their own on the server that the environment variable
// GOODPRACTICE_TEST_MONGODB names: a MongoDB, or a server that speaks its protocol. Without the variable
// those tests are skipped and say so.
//
// Only tests may import it.
package mongotest
