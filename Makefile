# Everything a newcomer needs: `make demo` and `make test`. Python 3.11 with venv is enough.
PYTHON ?= python3
BIN := .venv/bin
DEMO := var/demo
# Files of tests that run side by side; each worker has folders and databases of its own.
WORKERS ?= 2
# Demo, server and tests are hundreds of processes: none of them compiles every module anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install demo demo-reset test lint bench clean

install: .venv/installed

.venv/installed: requirements/dev.lock requirements/bootstrap.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes --requirement requirements/bootstrap.lock
	$(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python requirements/dev.lock
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	$(BIN)/python scripts/messages.py compile
	touch .venv/installed

# The catalogues are compiled at each start: a changed translation is seen at once.
demo: install
	@$(BIN)/python scripts/messages.py compile
	TIMBANG_DATA=$(DEMO) $(BIN)/timbang demo

demo-reset: install
	rm -rf $(DEMO)
	@$(MAKE) --no-print-directory demo

test: install
	@$(BIN)/python scripts/messages.py compile
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/messages.py check
	$(BIN)/python scripts/house.py

# The benchmarks run against named peers, which nothing else needs.
bench: install
	$(BIN)/uv pip install --quiet --require-hashes --python $(BIN)/python \
		--requirement requirements/bench.lock
	@$(BIN)/python scripts/messages.py compile
	for file in bench/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

clean:
	rm -rf .venv $(DEMO) .mypy_cache .ruff_cache .pytest_cache .hypothesis
