# Everything a person does with a clone. Needs Python 3.11 or later and make; the rest is fetched.
# `make` alone prints the targets.

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps

# The first interpreter that is new enough; PYTHON=/path/to/python chooses another.
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$name"; break; }; done)

# Every byte known by its SHA-256, and wheels alone: nothing is built or run while installing. (docs/adr/0001)
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
LOCKED := $(PIP) --require-hashes --no-deps --only-binary :all:
PYTEST := $(BIN)/python -m pytest
# The tests make thousands of small archives durable. Where memory has room for their folders, they wait for no disk.
IN_MEMORY := $(shell awk '$$2 == "/dev/shm" && $$4 !~ /noexec/' /proc/mounts 2>/dev/null | grep -q . \
	&& df -Pk /dev/shm | awk 'NR == 2 && $$4 > 8388608 { print "PYTEST_DEBUG_TEMPROOT=/dev/shm" }')
# No settings of whoever runs this (indexes, find-links) get into the lock files.
COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--default-index https://pypi.org/simple --custom-compile-command "make lock" \
	--only-binary :all: --no-binary bagit --no-binary pairtree

# Hundreds of processes start in the tests: whoever tells Python to keep no bytecode has each of them compile the program anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test check static unit test-ci wheel-test pictures fuzz simulate bench schemas fmt lock clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(STAMPS)/schemas ## ingest sample deliveries into ./demo-archive (or EARKIV_HOME) and show what happens
	@EARKIV_HOME="$${EARKIV_HOME:-./demo-archive}" $(BIN)/python -m earkiv.demo

test: static $(STAMPS)/schemas ## lint, types, contracts and all tests that need nothing but pip, with the coverage gate
	$(IN_MEMORY) $(PYTEST) -n 3 --dist worksteal --cov --cov-report=term

check: static unit ## the quick look before a commit: lint, types, contracts, unit tests

static: $(STAMPS)/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

unit: $(STAMPS)/dev $(STAMPS)/schemas
	$(IN_MEMORY) $(PYTEST) -n 2 tests/unit tests/architecture

# The files that have any: to collect all thirteen thousand tests in each process takes minutes. (tests/architecture)
SLOWER := $(shell grep -rl --include='test_*.py' 'mark\.ci\b' tests | grep -v ^tests/wheel/)

# Three are busy with simulation and canaries from the first moment on, in the time that the four others leave: most of
# their tests wait for servers and outages. A quarter of an hour is more than any needs, whatever else the machine does.
test-ci: $(STAMPS)/dev $(STAMPS)/schemas ## the slower tests, which `make test` leaves out
	@$(PYTEST) -n 7 --dist worksteal --timeout 900 -m ci $(SLOWER)

wheel-test: $(STAMPS)/dev ## build the wheel and test it, installed, from another directory
	$(PYTEST) -m ci tests/wheel

pictures: $(STAMPS)/dev $(STAMPS)/schemas ## make the README's pictures anew, of the demonstration's archive; needs Chromium
	EARKIV_NEW_PICTURES=1 $(PYTEST) -m ci tests/browser/test_pictures.py

fuzz: $(STAMPS)/dev $(STAMPS)/schemas ## feed the readers bytes nobody thought of, for minutes; FUZZ="--seconds 600 mets" for one of them
	@$(BIN)/python -m tests.fuzz $(FUZZ)

simulate: $(STAMPS)/dev $(STAMPS)/schemas ## let everything go wrong in simulated time; SIMULATE="--first 1000 --seeds 100000" for more
	@$(BIN)/python -m tests.simulation $(SIMULATE)

bench: $(STAMPS)/dev $(STAMPS)/schemas ## measure against floors and peers, for minutes; BENCH="--size 256MiB --cases 50" for less
	@$(BIN)/python -m benchmarks $(BENCH)

schemas: $(STAMPS)/schemas ## bring the third-party schemas (METS, PREMIS, E-ARK)

fmt: $(STAMPS)/dev ## format, and mend what the linter can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: $(STAMPS)/dev ## choose the newest permitted dependencies and write requirements/*.lock
	$(COMPILE) --upgrade --group dev --output-file requirements/dev.lock pyproject.toml
	$(COMPILE) --upgrade --constraint requirements/dev.lock --output-file requirements/runtime.lock pyproject.toml
	$(COMPILE) --upgrade --constraint requirements/dev.lock --group build --output-file requirements/build.lock

clean: ## remove what the other targets made
	rm -rf $(VENV) build dist demo-archive .fuzz schemas/third_party .coverage .coverage.* .hypothesis .import_linter_cache \
		.mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ------------------------------------------------------------------------------------ set-up, once each

$(BIN)/python:
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 eller senare behövs men hittades inte. Installera det (Debian/Ubuntu: sudo apt install" >&2; \
		echo "python3 python3-venv), eller peka ut det: make PYTHON=/sökväg/till/python" >&2; \
		echo >&2; \
		echo "Python 3.11 or later is needed but was not found. Install it (Debian/Ubuntu: sudo apt install" >&2; \
		echo "python3 python3-venv), or point it out: make PYTHON=/path/to/python" >&2; \
		exit 2; }
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Den virtuella miljön gick inte att skapa. På Debian/Ubuntu: sudo apt install python3-venv" >&2; \
		echo "The virtual environment could not be made. On Debian/Ubuntu: sudo apt install python3-venv" >&2; \
		exit 2; }

$(STAMPS)/runtime: requirements/build.lock requirements/runtime.lock pyproject.toml | $(BIN)/python
	@echo "Installerar beroenden … / Installing dependencies …"
	@$(LOCKED) -r requirements/build.lock -r requirements/runtime.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dev: requirements/dev.lock $(STAMPS)/runtime
	@echo "Installerar utvecklingsverktyg … / Installing development tools …"
	@$(LOCKED) --no-binary bagit,pairtree --no-build-isolation -r requirements/dev.lock
	@touch $@

$(STAMPS)/schemas: $(wildcard schemas/*.py schemas/*.json schemas/*.toml) $(STAMPS)/runtime
	@$(BIN)/earkiv schemas install
	@touch $@
