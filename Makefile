# run: start the studio · test: everything · check: lint, types, docs · bench: the performance table (PARTS=export)
# live: one real, paid generation, after asking (PROVIDER=segmind, runware, aimlapi or bhuman)
PORT ?= 8501
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check bench live docs clean

run: .venv/run
	@PORT=$(PORT) $(BIN)/python app.py

test: .venv/dev
	$(BIN)/python tests/chromium.py
	$(BIN)/python -m pytest -n 4 --dist worksteal -m "not browser" $(TESTS)
	$(BIN)/python -m pytest -m "browser and not clock" $(TESTS)
	$(BIN)/python -m pytest -m clock $(TESTS)

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m docs.generate --check

docs: .venv/dev
	$(BIN)/python -m docs.generate

bench: .venv/dev .venv/peers/ready
	BENCH_GRADIO=$(CURDIR)/.venv/peers/bin/python $(BIN)/python -m tests.bench $(PARTS)

live: .venv/run
	@$(BIN)/python -m tests.live $(PROVIDER)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Screentest needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: requirements.txt requirements-dev.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/run

# what `make bench` compares with: an ffmpeg program, and Gradio in a place of its own
.venv/peers/ready: .venv/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check imageio-ffmpeg
	$(PYTHON) -m venv .venv/peers
	.venv/peers/bin/python -m pip install --quiet --disable-pip-version-check gradio
	@touch $@

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
