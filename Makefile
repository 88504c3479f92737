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
# Inputs that `make fuzz` tries of each parser, and the parsers, all of them unless named.
FUZZ ?= 10000
FUZZ_ONLY ?=
# Which tortures `make torture` runs, all of them unless named, and further options, as in TORTURE="--times 10".
TORTURE_ONLY ?=
TORTURE ?=
# Languages to begin a translation into, such as fr.
LANGUAGES ?=

# Options for `make lock`: LOCK=--upgrade takes the newest version of everything.
LOCK ?=

.PHONY: run test check lock bench fuzz torture screenshots translations clean

# Any site may ask the sample, so that docs/embedding.html can.
run: .venv/installed
	$(BIN)/blogsearch reindex --data .venv/sample-archive indexer/sample
	$(BIN)/blogsearch serve --data .venv/sample-archive --cors '*'

# In as many processes as there are cores; one file alone, `pytest tests/…`, is faster in one.
test: .venv/tested
	$(BIN)/pytest --numprocesses auto --dist worksteal $(if $(wildcard $(SAMPLES)),--samples=$(SAMPLES))

check: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --strict docs/client.py  # which is in no package
	$(BIN)/lint-imports
	$(BIN)/python -m tests.audit

# Brings requirements.lock in step with pyproject.toml: what is installed to run, with its hashes.
lock: .venv/tested
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
		--custom-compile-command "make lock" $(LOCK) --output-file requirements.lock pyproject.toml

bench: .venv/tested
	$(BIN)/python -m benchmarks $(CORPUS) --sizes $(SIZES) --peers $(PEERS) $(BENCH)

# What it finds is kept in .fuzz.
fuzz: .venv/fuzzing
	$(BIN)/python -m tests.fuzz --inputs $(FUZZ) $(if $(FUZZ_ONLY),--only $(FUZZ_ONLY))

# Hours of kills, lost power, full disks, flipped bits and crowds; `make test` has some seconds of each.
torture: .venv/tested
	$(BIN)/python -m tests.torture $(if $(TORTURE_ONLY),--only $(TORTURE_ONLY)) $(TORTURE)

# The pictures of the README: the sample archive in Chromium.
screenshots: .venv/tested
	$(BIN)/python -m tests.web.screenshots

# What the pages say, brought into the catalogues of web/translations; LANGUAGES begins one of each.
translations: .venv/tested
	$(BIN)/python -m tests.web.translations $(LANGUAGES)

.venv/bin/pip:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -qq --upgrade pip

# What runs is installed by its hash. An index that has not all of these versions gives what pyproject.toml
# allows; one that has another file under the name of one of them ends it.
.venv/locked: requirements.lock | .venv/bin/pip
	@$(BIN)/pip install -qq --require-hashes -r requirements.lock 2> $@.errors || { cat $@.errors; \
		! grep -q "DO NOT MATCH THE HASHES" $@.errors && echo "installing what pyproject.toml allows instead"; }
	touch $@

.venv/installed: pyproject.toml .venv/locked | .venv/bin/pip
	$(BIN)/pip install -qq --editable .
	touch $@

.venv/tested: pyproject.toml .venv/locked | .venv/bin/pip
	$(BIN)/pip install -qq --editable '.[test,bench]'
	touch $@

.venv/fuzzing: .venv/tested
	$(BIN)/pip install -qq --only-binary atheris --editable '.[test,fuzz]' \
		|| (echo "atheris has no wheel for this Python and platform: fuzz on Linux, on x86-64"; exit 1)
	touch $@

clean:
	rm -rf .venv .fuzz .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build *.egg-info
