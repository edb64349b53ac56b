# Every target with a ## comment is shown by `make help`, which is what plain `make` does.
# The program needs Go only; the playground needs Node as well, the browser tests Chromium, MongoDB's a database.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

GO ?= go
# Linters have a go.mod of their own (docs/decisions/0004-tools-in-a-module-of-their-own.md).
TOOL := $(GO) tool -modfile=tools/go.mod

DATA ?= .data
ADDR ?= 127.0.0.1:8080
KILL_ROUNDS ?= 200
CLUSTER_SECONDS ?= 600
SOAK_SECONDS ?= 600
BENCH_SIZES ?= 1000,10000,100000
FUZZ_TIME ?= 20s
TEST_FLAGS ?=
# The race detector needs a C compiler; without one Go sets CGO_ENABLED=0. `make test RACE=` is the quick way.
RACE ?= $(shell [ "$$($(GO) env CGO_ENABLED)" = 1 ] && echo -race)

BENCH_COMMAND := $(GO) test -count=1 -timeout 60m -v -run 'TestBenchTable|TestNeighbour' ./cmd/goodpractice -bench-sizes=$(BENCH_SIZES)
KILL_COMMAND := $(GO) test -count=1 -timeout 90m -v -run TestKill ./cmd/goodpractice -kill-rounds=$(KILL_ROUNDS)
CLUSTER_COMMAND := $(GO) test -count=1 -timeout 60m -v -run TestCluster ./cmd/goodpractice -cluster-seconds=$(CLUSTER_SECONDS)
SOAK_COMMAND := $(GO) test -count=1 -timeout 60m -v -run TestSoak ./internal/attack -soak-seconds=$(SOAK_SECONDS)
E2E_COMMAND := $(GO) test -count=1 -timeout 10m -v ./internal/e2e

# What runs after this in the same line has a database. GOODPRACTICE_TEST_MONGODB names one that is there; without it one
# is started, and stopped at the end.
WITH_MONGODB := export GOODPRACTICE_TEST_MONGODB_SCRIPT="$${GOODPRACTICE_TEST_MONGODB_SCRIPT:-$(CURDIR)/scripts/test-mongodb}"; \
	if [ -z "$${GOODPRACTICE_TEST_MONGODB:-}" ]; then \
		GOODPRACTICE_TEST_MONGODB=$$(./scripts/test-mongodb up tests); \
		export GOODPRACTICE_TEST_MONGODB; \
		trap './scripts/test-mongodb stop tests' EXIT; \
	fi;

PLAYGROUND := internal/web/assets/playground/index.html.gz
PLAYGROUND_SOURCES := $(shell find web/playground \( -name node_modules -o -name dist \) -prune -o -type f -print 2>/dev/null) $(wildcard docs/examples/*)

.PHONY: help
help: ## Show what there is to make.
	@awk -F ':.*## ' '/^[a-z][a-z0-9-]*:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- run ---

.PHONY: run
run: build ## Start the server with the sample records (ADDR=127.0.0.1:8080 DATA=.data).
	@exec bin/goodpractice serve --addr $(ADDR) --seed sample --data $(DATA)

.PHONY: build
build: playground-if-possible ## Build the program as bin/goodpractice.
	$(GO) build -o bin/goodpractice ./cmd/goodpractice

.PHONY: playground
playground: $(PLAYGROUND) ## Build the playground into the program's files (needs Node).

$(PLAYGROUND): $(PLAYGROUND_SOURCES)
	./scripts/playground-build
	@touch $@

.PHONY: mongodb
mongodb: ## Start a database for development that speaks MongoDB's protocol (Debian and root, or sudo).
	@uri=$$(./scripts/test-mongodb up development); \
	printf 'The database is on %s; make mongodb-down removes it with its data.\nTo keep the records in it, after make build:\n\n' "$$uri"; \
	printf '  bin/goodpractice serve --store %sgoodpractice --data %s/mongodb\n' "$$uri" "$(DATA)"

.PHONY: mongodb-down
mongodb-down: ## Stop the database for development and remove its data.
	@./scripts/test-mongodb down development

# The server is whole without the playground: its page then says how to get it.
.PHONY: playground-if-possible
playground-if-possible:
	@if ! command -v npm >/dev/null; then \
		[ -f $(PLAYGROUND) ] || echo "Going on without the playground: it needs Node 20.19 or newer with npm, and then make playground."; \
	elif ! $(MAKE) -s playground; then \
		echo "Going on without a new playground: what failed is above, and make playground tries again."; \
	fi

# --- test ---

.PHONY: test
test: ## Run all tests; what needs Chromium, Node or a database that is not there is skipped.
	$(GO) test -timeout 20m $(RACE) $(TEST_FLAGS) ./...

.PHONY: test-storage
test-storage: ## Run all tests on MongoDB as well: GOODPRACTICE_TEST_MONGODB, or a database started for this.
	@$(WITH_MONGODB) set -x; $(GO) test -timeout 20m $(RACE) $(TEST_FLAGS) ./...

.PHONY: test-e2e
test-e2e: playground ## Run the browser tests; fails where there is no Chromium.
	GOODPRACTICE_E2E=required $(E2E_COMMAND)

.PHONY: conformance
conformance: ## Run the clients and linters of others against the server (needs Node): graphql-http, Apollo, Relay and more.
	./scripts/conformance

.PHONY: kill-test
kill-test: ## Kill the server while clients write, and look for what is lost (KILL_ROUNDS=200).
	$(KILL_COMMAND)

.PHONY: cluster-test
cluster-test: ## Kill servers and their database while clients write, and look for what is lost (CLUSTER_SECONDS=600).
	@$(WITH_MONGODB) set -x; $(CLUSTER_COMMAND)

.PHONY: soak
soak: ## Attack the server while others use it, and watch its memory (SOAK_SECONDS=600).
	$(SOAK_COMMAND)

.PHONY: bench
bench: ## Print the table of the benchmarks, with MongoDB if GOODPRACTICE_TEST_MONGODB is set (BENCH_SIZES=1000,10000,100000).
	$(BENCH_COMMAND)

.PHONY: fuzz
fuzz: ## Fuzz every decoder for a while (FUZZ_TIME=20s each).
	./scripts/fuzz $(FUZZ_TIME)

.PHONY: cover
cover: ## Tell the tests' coverage by package; coverage.html shows the lines.
	./scripts/cover

# --- check ---

# In the order in which CI runs them: what is fastest and most often wrong comes first.
.PHONY: check
check: check-format check-modules check-vet check-containers check-generated check-architecture lint ## Run every check that CI runs before the tests.

.PHONY: check-format
check-format:
	@unformatted=$$(gofmt -l $$(find . -name '*.go' -not -path '*/node_modules/*')); \
	if [ -n "$$unformatted" ]; then \
		printf 'Not formatted, make fmt does it:\n%s\n' "$$unformatted"; exit 1; \
	fi

.PHONY: check-modules
check-modules:
	$(GO) mod tidy -diff
	$(GO) -C tools mod tidy -diff
	$(GO) -C conformance mod tidy -diff

.PHONY: check-vet
check-vet:
	$(GO) vet ./...

# The Dockerfile and docker-compose.yml, by Docker's own parsers. The files are outside the module of the tests, so that a
# result that Go kept would not notice a change.
.PHONY: check-containers
check-containers:
	$(GO) -C tools vet ./...
	$(GO) -C tools test -count=1 ./...

.PHONY: check-generated
check-generated:
	@./scripts/check-generated

# Imports, sizes, documentation, links: the tests at the root of the module. -v shows the sizes.
.PHONY: check-architecture
check-architecture:
	$(GO) test -count=1 -v -run '^Test(Imports|Linter|Sizes|EveryPackage|PackageVariables|Documents|Architecture|Changelog)' . | grep -v -E '^=== '

.PHONY: lint
lint: ## Run the linters (the first run builds them: about two minutes).
	$(TOOL) golangci-lint config verify
	$(TOOL) golangci-lint run ./...

.PHONY: fmt
fmt: ## Format the code and sort its imports.
	$(TOOL) golangci-lint fmt ./...

.PHONY: vuln
vuln: ## Look for known vulnerabilities in what the program uses (asks the Go vulnerability database).
	$(TOOL) govulncheck ./...

# --- generate ---

.PHONY: generate
generate: ## Write the generated code anew after a change of schema.graphql or gqlgen.yml.
	$(GO) generate ./...

.PHONY: schema
schema: ## Print the GraphQL schema that the program serves.
	@$(GO) run ./cmd/goodpractice schema

.PHONY: release-schema
release-schema: ## Make schema.graphql the schema that others rely on, as of today (docs/schema-changelog.md names the day).
	$(GO) test -count=1 -run TestSchemaKeepsItsContract ./graph -release-schema
