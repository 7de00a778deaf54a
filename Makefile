# One command sets up and runs the main job: make demo. One sets up and passes the tests: make test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test quick format lock docs nightly bench bench-quick clean

demo: $(READY)
	@$(BIN)/contentkit demo

test: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check
	$(BIN)/python -m pytest -n 3 --dist worksteal -m "not nightly"

# What a developer runs between edits.
quick: $(READY)
	$(BIN)/ruff check . && $(BIN)/mypy && $(BIN)/python -m pytest -n 2 -q -m "not matrix and not nightly"

# Hours of it; a part alone: make nightly TESTS=tests/sources
nightly: $(READY)
	$(BIN)/python -m pytest -n 2 --timeout 7200 -m nightly $(TESTS)

format: $(READY)
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

# Measures everything beside what users would pick instead, and writes docs/performance.md: an hour on a quiet machine.
bench: $(READY)
	$(BIN)/python -m benchmarks

# The ratios that change most, in less than two minutes; writes nothing.
bench-quick: $(READY)
	$(BIN)/python -m benchmarks --quick

docs: $(READY)
	$(BIN)/python docs/generate.py

lock: $(READY)
	$(BIN)/uv pip compile -q pyproject.toml --group dev --extra model --extra review --extra demo --extra keyring --extra web --extra report --extra parquet --extra scale --extra pgqueuer --universal --generate-hashes --no-annotate --custom-compile-command "make lock" -o requirements/dev.txt
	$(BIN)/uv pip compile -q pyproject.toml --universal --generate-hashes --no-annotate --custom-compile-command "make lock" -o requirements/run.txt
	$(BIN)/uv pip compile -q --group bench --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" -o requirements/bench.txt

# Versions and hashes are locked; the project itself is installed as it lies here.
$(READY): requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

clean:
	rm -rf $(VENV) build/bench .pytest_cache .mypy_cache .ruff_cache .hypothesis
