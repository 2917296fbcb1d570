# Yiwang: everything a developer or a newcomer needs, without Docker, Node or a root service.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# The data of `make demo` lies in ./var; tests keep theirs apart.
export YIWANG_HOME ?= $(CURDIR)/var
BIN := .venv/bin
STAMP := .venv/.installed
BUILD_STAMP := .build-stamp
TEST_WORKERS ?= 2
ASSETS := $(shell find src/yiwang/ui/assets package.json package-lock.json hatch_build.py -type f -not -path '*/node_modules/*' 2>/dev/null)
WORDS := $(shell find src -name django.po)

.PHONY: help
help: ## Show this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{ printf "  make %-8s %s\n", $$1, $$2 }'

.PHONY: demo
demo: build ## Run the demonstration city (first run installs everything); Ctrl-C stops it
	@exec $(BIN)/yiwang demo

.PHONY: test
test: build ## Run every test
	@unset YIWANG_HOME; exec $(BIN)/pytest -n $(TEST_WORKERS) --dist worksteal $(ARGS)

.PHONY: check
check: build ## Check style, types, the floor plan and migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/yiwang manage makemigrations --check --dry-run

.PHONY: bench
bench: build ## Measure; results go to docs/benchmarks.md
	@unset YIWANG_HOME; exec $(BIN)/python -m benchmarks $(ARGS)

.PHONY: build
build: $(STAMP) $(BUILD_STAMP) ## Install packages, build the screens' assets and translations

.PHONY: lock
lock: ## Choose the newest versions that fit and write them to requirements.txt
	@bash scripts/lock

.PHONY: clean
clean: ## Remove what was installed and built, keep ./var (the data)
	rm -rf .venv $(BUILD_STAMP) dist node_modules src/yiwang/ui/static/ui/dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src -name '*.mo' -delete

$(STAMP): pyproject.toml requirements.txt
	@bash scripts/install
	@touch $(STAMP) $(BUILD_STAMP)

$(BUILD_STAMP): $(STAMP) $(ASSETS) $(WORDS)
	@bash scripts/install --build-only
	@touch $(BUILD_STAMP)
