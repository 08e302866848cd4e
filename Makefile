# Ripeness: everything a fresh machine needs, given Python 3.11 or newer, git and make.
#
#   make demo    set up and run the example war
#   make test    set up and run every check
#   make help    the rest
#
# Set-up is done once, in .venv; it is repeated only when requirements/ or pyproject.toml change,
# or when this folder was moved or copied (a virtual environment remembers where it was made).

# Folder of source documents for the claims; it does not come with the program.
SOURCES ?= ../shared/sources
# Extra arguments, for example: make demo WORLDS=512, make test PYTEST_ARGS="-k cli"
WORLDS ?= 4096
SEED ?= 1
PYTEST_ARGS ?=
# One process per core, but no more than four: each holds its own compiled war.
PYTEST_PROCESSES ?= -n auto --maxprocesses 4 --dist loadfile

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL_LOCKED := $(PIP) install --require-hashes --only-binary :all:
INSTALL_PACKAGE := $(PIP) install --no-build-isolation --no-deps --editable .
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-header $(LOCK_ARGS)

.DEFAULT_GOAL := help
.PHONY: help demo test lint types bench baseline docs expectations picture lock clean
.DELETE_ON_ERROR:

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

# ---------------------------------------------------------------------------------- for users

demo: $(VENV)/.ready-to-run ## run the example war: Russia and Ukraine, in 4096 worlds
	@if [ -d "$(SOURCES)" ]; then \
	  $(BIN)/ripeness run ukraine --worlds $(WORLDS) --seed $(SEED) --out runs/demo --force \
	    --sources "$(SOURCES)"; \
	else \
	  echo "Note: there is no folder $(SOURCES), so this run cannot show the passages behind the"; \
	  echo "experts' claims; it shows everything else. To see them: make demo SOURCES=FOLDER"; \
	  echo; \
	  $(BIN)/ripeness run ukraine --worlds $(WORLDS) --seed $(SEED) --out runs/demo --force; \
	fi

# --------------------------------------------------------------------------------- for makers

test: lint ## check style, layers and behaviour (all but the slow and the browser tests)
	$(BIN)/python -m pytest $(PYTEST_PROCESSES) $(PYTEST_ARGS)

lint: $(VENV)/.ready-to-develop ## check style and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo

types: $(VENV)/.ready-to-develop ## check types with pyright
	$(BIN)/pyright

bench: $(VENV)/.ready-to-run ## measure speed on this machine
	$(BIN)/ripeness bench

baseline: $(VENV)/.ready-to-develop ## store today's headline numbers as the ones to compare with
	RIPENESS_REFRESH_BASELINE=1 $(BIN)/python -m pytest tests/baseline

docs: $(VENV)/.ready-to-develop ## make those parts of docs/ that say what the code says
	$(BIN)/python tools/make_docs.py
	$(BIN)/python tools/make_classics.py

expectations: $(VENV)/.ready-to-run ## solve the library's wars again, after a change of their numbers
	$(BIN)/python tools/make_expectations.py

picture: $(VENV)/.ready-to-run ## run the example war, and put its picture and answer into README.md
	$(BIN)/ripeness run ukraine --worlds $(WORLDS) --seed $(SEED) --out runs/picture --force --quiet >/dev/null
	$(BIN)/python tools/make_picture.py runs/picture

lock: $(VENV)/.ready-to-develop ## pin dependencies; LOCK_ARGS=--upgrade takes newer versions
	$(COMPILE) pyproject.toml requirements/build.in --output-file requirements/run.txt
	$(COMPILE) --extra dev pyproject.toml requirements/build.in \
	  --constraint requirements/run.txt --output-file requirements/dev.txt

clean: ## remove what this Makefile made, runs/ excepted
	rm -rf $(VENV) dist build .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# ------------------------------------------------------------------------------------- set-up

# The file .made holds the folder for which the environment was made. If that is not this folder,
# or the interpreter in it is gone, the environment is made again.
MADE_FOR := $(shell test -x $(BIN)/python && cat $(VENV)/.made 2>/dev/null)
ifneq ($(MADE_FOR),$(CURDIR))
.PHONY: $(VENV)/.made
endif

$(VENV)/.made:
	@python=""; bare=""; \
	for candidate in $(PYTHON) python3.13 python3.12 python3.11 python3.14 python3 python; do \
	  "$$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' \
	    >/dev/null 2>&1 || continue; \
	  if "$$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; \
	    then python="$$candidate"; break; else bare="$${bare:-$$candidate}"; fi; \
	done; \
	if [ -z "$$python" ] && [ -z "$$bare" ]; then \
	  echo "Ripeness needs Python 3.11 to 3.14, and found none under the usual names." >&2; \
	  echo "Install one, or say where it is: make demo PYTHON=/path/to/python3.12" >&2; \
	  exit 1; \
	fi; \
	if [ -z "$$python" ]; then \
	  version=$$("$$bare" -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	  echo "This Python ($$bare) cannot make virtual environments: a part is missing that" >&2; \
	  echo "Debian and Ubuntu ship apart. Type this, then try again:" >&2; \
	  echo "    sudo apt-get install python$$version-venv" >&2; \
	  exit 1; \
	fi; \
	echo "Setting up in $(VENV) with $$("$$python" --version). This takes a minute or two, once."; \
	rm -rf $(VENV) && "$$python" -m venv $(VENV)
	@printf '%s\n' "$(CURDIR)" > $@

$(VENV)/.ready-to-run: $(VENV)/.made requirements/run.txt pyproject.toml
	@$(INSTALL_LOCKED) --requirement requirements/run.txt
	@$(INSTALL_PACKAGE)
	@touch $@

$(VENV)/.ready-to-develop: $(VENV)/.made requirements/dev.txt pyproject.toml
	@$(INSTALL_LOCKED) --requirement requirements/dev.txt
	@$(INSTALL_PACKAGE)
	@touch $@ $(VENV)/.ready-to-run
