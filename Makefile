# Every target with a ## comment is shown by `make help`, which is what plain `make` does.
# The program needs Go only; the playground needs Node as well, the browser tests Chromium.

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
FUZZ_TIME ?= 20s
TEST_FLAGS ?=
# The race detector needs a C compiler; without one Go sets CGO_ENABLED=0. `make test RACE=` is the quick way.
RACE ?= $(shell [ "$$($(GO) env CGO_ENABLED)" = 1 ] && echo -race)

BENCH_COMMAND := $(GO) test -count=1 -timeout 30m -v -run TestBenchTable ./cmd/goodpractice -bench-sizes=1000,10000
KILL_COMMAND := $(GO) test -count=1 -timeout 90m -v -run TestKill ./cmd/goodpractice -kill-rounds=$(KILL_ROUNDS)
E2E_COMMAND := $(GO) test -count=1 -timeout 10m -v ./internal/e2e

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
test: ## Run all tests; what needs Chromium or Node says so and is skipped.
	$(GO) test $(RACE) $(TEST_FLAGS) ./...

.PHONY: test-e2e
test-e2e: playground ## Run the browser tests; fails where there is no Chromium.
	GOODPRACTICE_E2E=required $(E2E_COMMAND)

.PHONY: kill-test
kill-test: ## Kill the server while clients write, and look for what is lost (KILL_ROUNDS=200).
	$(KILL_COMMAND)

.PHONY: bench
bench: ## Print the table of the benchmarks.
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
check: check-format check-modules check-vet check-generated check-architecture lint ## Run every check that CI runs before the tests.

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

.PHONY: check-vet
check-vet:
	$(GO) vet ./...

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
