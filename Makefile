# Kinerja: every command a person needs. `make` alone explains them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
export PATH := $(CURDIR)/.venv/bin:$(PATH)

# Port of the web under `make run`; more arguments of a command go into ARGS: make demo ARGS="--no-serve"
PORT ?= 8000
ARGS ?=
# Processes that share the tests; 0 runs them in one, in order
TEST_PROCESSES ?= 2

.PHONY: help setup setup-tests demo run test lint bench clean

help: ## Explain these commands
	@echo "Kinerja: the performance cycle of civil servants, from plan to certificate."
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo "  More arguments go into ARGS, for example:"
	@echo "    make demo ARGS=\"--no-serve --people 1000 --seed 7\""
	@echo "    make test ARGS=\"tests/forms -k rating\""
	@echo "    make run PORT=8080"

setup: ## Install what is missing and build; quick when nothing changed
	@scripts/setup.sh

setup-tests: ## The same, and what the tests need (Chromium)
	@scripts/setup.sh --tests

demo: setup ## A whole invented year in var/demo/, then the web with demo accounts
	@kinerja demo $(ARGS)

run: setup ## All processes for everyday use: web, Prefect server, flow runner
	@honcho start --port $(PORT) $(ARGS)

test: setup-tests ## All tests: rules, pages, flows, browser, SQLite and PostgreSQL
	@pytest -n $(TEST_PROCESSES) --dist loadfile --no-loadscope-reorder $(ARGS)

lint: setup ## Style, types, import contracts
	@scripts/lint.sh

bench: setup-tests ## Three figures on both databases, each beside a yardstick
	@python -m benchmarks $(ARGS)

clean: ## Remove what set-up built; never touches data in var/
	rm -rf .venv .tools node_modules build kinerja.egg-info webapp/static/dist reports/assets/fonts
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
	find webapp/translations -name '*.mo' -delete 2>/dev/null || true
