# What a newcomer needs: `make demo` and `make test`, on Debian with Swift, git and make.

SHELL := /bin/bash
SWIFT ?= swift
PACKAGES := libyaml-dev libsqlite3-dev pkg-config

.PHONY: demo test test-spark faults letter bench gate evaluators check layout lint build release packages clean

# Decides the family allowance of a newborn in a family with two children.
demo: build
	@"$$($(SWIFT) build --show-bin-path)/annona" simulate Rules/pt/abono_de_familia Examples/01-newborn/household.yaml

# Runs the whole suite.
test: packages
	$(SWIFT) test --disable-xctest

# Decides a population inside Apache Spark, and holds it to a single process; `make test-spark HOUSEHOLDS=200000` measures.
HOUSEHOLDS ?= 5000
test-spark: build
	@Examples/21-spark/run $(HOUSEHOLDS)

# The table of peers, every award checked first; `make bench HOUSEHOLDS=1000000 RECORD=1` puts it into the README.
bench: packages
	@Benchmarks/run $(if $(filter command line,$(origin HOUSEHOLDS)),$(HOUSEHOLDS),100000) $(if $(RECORD),README.md)

# Kills processes that append to a log or decide a population, fills the disk, lets several append at once: some minutes.
faults: build
	@Tests/Faults/run
	@Tests/Faults/batch

# Opens letters in a browser, wide and narrow, light and dark, and holds them against the rules of accessibility.
letter: build
	@.ci/letter
# Whether any piece of work takes more instructions than is recorded; `make gate UPDATE=1` records anew.
gate: packages
	@Benchmarks/Gate/run $(if $(UPDATE),--update)

# Holds all evaluators equal over random programs, as many as are asked for from a seed on, and prints how many run in columns.
PROGRAMS ?= 100000
SEED ?= 1
evaluators: packages
	$(SWIFT) run -c release Evaluators $(PROGRAMS) $(SEED)

# Checks every rulebook.
check: build
	@"$$($(SWIFT) build --show-bin-path)/annona" check Rules

# Whether every rulebook, fixture and case has the one layout.
layout: build
	@"$$($(SWIFT) build --show-bin-path)/annona" fmt --check Rules Examples

lint:
	@$(SWIFT) format lint --strict --parallel --recursive Sources Tests Package.swift

build: packages
	@$(SWIFT) build --product annona

# The binary that is shipped: on the machine it runs on it needs libyaml and SQLite, and no Swift.
release: packages
	@$(SWIFT) build --configuration release --product annona --static-swift-stdlib
	@$(SWIFT) build --configuration release --product annona --static-swift-stdlib --show-bin-path

# What the system must have: installed as root and in CI, named otherwise.
packages:
	@command -v $(SWIFT) >/dev/null || { echo "Swift is missing: see https://www.swift.org/install"; exit 1; }
	@if command -v pkg-config >/dev/null && pkg-config --exists yaml-0.1 sqlite3; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then apt-get update -q && apt-get install -y -q $(PACKAGES); \
	elif [ "$$CI" = true ]; then sudo -n apt-get update -q && sudo -n apt-get install -y -q $(PACKAGES); \
	else echo "A system package is missing. Install it with:"; \
	echo "  sudo apt-get install $(PACKAGES)"; exit 1; fi

clean:
	$(SWIFT) package clean
