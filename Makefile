PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV ?= uv
RUN_ARGS ?=
# Tests wait for servers a good part of their time: three for each two cores.
TESTERS ?= $(shell expr $$(nproc) \* 3 / 2)
# Tests start many of our programs; each would compile our modules once more.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help bench demo demo-reset test check format lint types imports deps docs docs-check lock clean

help: ## List what make can do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(VENV)/.run: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v[:2] < (3, 14) else "xinshi needs Python 3.11, 3.12 or 3.13; name one with: make PYTHON=python3.12 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the locked packages into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@echo "installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.run ## Start everything with a sample bureau and open the simulator on port 8700
	@$(BIN)/xinshi demo $(RUN_ARGS)

demo-reset: ## Forget the demo's data; the next demo starts anew
	@rm -rf var/demo

test: $(VENV)/.dev ## Run all tests, on SQLite and on PostgreSQL, with a real Redis
	@$(BIN)/python -m pytest -n $(TESTERS) $(RUN_ARGS)

# What reads the code takes one core and tests leave some of theirs idle: they run beside one another.
READING := format lint imports deps docs-check types

check: $(VENV)/.dev ## Everything that CI runs
	@$(MAKE) --no-print-directory --keep-going --output-sync=target $(READING) & reading=$$!; \
	$(MAKE) --no-print-directory test; tested=$$?; \
	wait $$reading || { echo "failed, further up: one of $(READING)"; exit 1; }; \
	exit $$tested

format: $(VENV)/.dev
	@$(BIN)/ruff format --check .

lint: $(VENV)/.dev
	@$(BIN)/ruff check .

types: $(VENV)/.dev
	@$(BIN)/mypy .

imports: $(VENV)/.dev
	@$(BIN)/lint-imports

deps: $(VENV)/.dev
	@$(BIN)/deptry .

COGGED = README.md README.zh-CN.md docs/life-of-a-draft.md docs/reminders.md docs/cases.md docs/push.md

docs: $(VENV)/.dev ## Write the generated parts of the documents again
	@$(BIN)/cog -r $(COGGED)

docs-check: $(VENV)/.dev
	@$(BIN)/cog --check $(COGGED)

LOCK = $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --python-version 3.11 --group build

lock: ## Resolve the requirements again (needs uv)
	@$(LOCK) pyproject.toml -o requirements.lock
	@$(LOCK) --group dev --extra embedding -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## Remove the virtual environment and the demo's data
	@rm -rf $(VENV) var

bench: $(VENV)/.dev ## Measure: callbacks, delivery, timers, memory, language, scores, notice, review, library, topics, opinion, year (some minutes; the machine should be idle)
	@for name in webhook delivery timers memory language scores notice review library topics opinion; do $(BIN)/python -m benchmarks.$$name || exit 1; done
	@$(BIN)/python -m benchmarks.year --units 40 --people 400 --from 2026-09-01 --to 2026-10-31
