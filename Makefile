# `make help` explains the targets. Everything is installed into .venv, nothing outside the tree.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Without resolving: the compiled files are complete, and pip before 23.3 takes a dependency with
# extras (hishel[httpx]) for one without a hash.
INSTALL := -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes
# The command github-module, from this tree; built with what is installed, so it needs no network.
OURSELVES := -m pip install --quiet --disable-pip-version-check --no-deps --no-index \
	--no-build-isolation --editable .
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help setup run test test-all lint manifests lock bench

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## install into .venv, nothing else

$(STAMP): requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(INSTALL) -r requirements/dev.txt
	$(BIN)/python $(OURSELVES)
	@$(BIN)/python -m pip check --disable-pip-version-check >/dev/null
	@touch $(STAMP)

run: setup ## collect: from GitHub with GITHUB_ORG and GITHUB_TOKEN (see README), else from the sandbox
	@$(BIN)/python -m tools.run

test: lint ## lint, types, import rules, all tests, coverage
	rm -f .coverage .coverage.*
	$(BIN)/python -m pytest -n 3 --dist worksteal --cov --cov-report=term
	@$(BIN)/python -c 'print("All checks passed.")'

test-all: setup ## the tests on each Python from 3.11 to 3.14 that is present
	@for version in 3.11 3.12 3.13 3.14; do \
		if python$$version -c '' 2>/dev/null; then \
			echo "== Python $$version" && \
			python$$version -m venv .venv-$$version && \
			.venv-$$version/bin/python $(INSTALL) -r requirements/dev.txt && \
			.venv-$$version/bin/python $(OURSELVES) && \
			.venv-$$version/bin/python -m pytest -q -n 2 --dist worksteal || exit 1; \
		else echo "== Python $$version is not here"; fi; \
	done

lint: setup ## ruff, mypy strict, import rules, manifests as the models say
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m tools.manifests --check

manifests: setup ## write every JSON and main.py from the models
	$(BIN)/python -m tools.manifests

lock: setup ## compile the requirements files again, with hashes and without addresses
	$(COMPILE) requirements/runtime.in -o requirements/runtime.txt
	$(COMPILE) requirements/dev.in -o requirements/dev.txt

bench: setup ## measure ratios and write docs/performance.md
	$(BIN)/python -m bench
