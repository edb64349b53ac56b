// Package containers holds the tests of the project's container files: Dockerfile, .dockerignore, docker-compose.yml and
// .env.example. They are read by the parsers that Docker itself is made of, strictly, and then asked about what matters.
//
// `make check-containers` runs them. They build and start nothing: whether an image runs is only seen where Docker is.
// Nothing can be imported from here.
package containers
