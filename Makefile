# Everything runs in a virtual environment of its own, .venv; PYTHON names another interpreter to make it with.
PYTHON ?= python3
BIN := .venv/bin
# A folder of real exports for `make test SAMPLES=DIR` to read all of.
SAMPLES ?=
# What `make bench CORPUS=posts.jsonl.gz` measures; BENCH holds more options, as in BENCH="--keep .bench".
CORPUS ?=
SIZES ?= corpus 10000 100000
PEERS ?= tantivy fts5 whoosh whole
BENCH ?=

.PHONY: run test check bench screenshots clean

run: .venv/installed
	$(BIN)/blogsearch reindex --data .venv/sample-archive indexer/sample
	$(BIN)/blogsearch serve --data .venv/sample-archive

test: .venv/tested
	$(BIN)/pytest $(if $(wildcard $(SAMPLES)),--samples=$(SAMPLES))

check: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/tested
	$(BIN)/python -m benchmarks $(CORPUS) --sizes $(SIZES) --peers $(PEERS) $(BENCH)

# The pictures of the README: the sample archive in Chromium.
screenshots: .venv/tested
	$(BIN)/python -m tests.web.screenshots

.venv/bin/pip:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -qq --upgrade pip

.venv/installed: pyproject.toml | .venv/bin/pip
	$(BIN)/pip install -qq --editable .
	touch $@

.venv/tested: pyproject.toml | .venv/bin/pip
	$(BIN)/pip install -qq --editable '.[test,bench]'
	touch $@

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build *.egg-info
