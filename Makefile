# `make` prints the targets. Each target sets up what it needs: python3 (3.11 to 3.14) with venv is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TESTS_READY := $(VENV)/.ready-tests

help:  ## print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'

run: $(READY)  ## tables, notebooks and charts of data/speeches, brought up to date
	$(BIN)/analysis run

test: $(TESTS_READY)  ## every test, the notebooks run again included
	$(BIN)/python -m pytest -m "not browser" -n 2

check: $(TESTS_READY)  ## format, lint, types and the fast tests: what a contributor runs
	$(BIN)/ruff format --check src tests
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/python -m pytest -m "not browser and not slow" -n 2

browser-test: $(TESTS_READY)  ## open every notebook in JupyterLab in a real browser (needs Chromium)
	$(BIN)/python -m pytest -m browser

lab: $(READY)  ## open JupyterLab on the start notebook
	$(BIN)/analysis lab

lock: $(READY)  ## write requirements.lock and tests/requirements.lock anew from pyproject.toml
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) --all-extras --constraint requirements.lock pyproject.toml -o tests/requirements.lock

clean:  ## take away what can be made again and is not kept by git
	rm -rf $(VENV) runs .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Byte code is written when a module is first used: of nine thousand files a run needs two thousand.
export PYTHONDONTWRITEBYTECODE :=

# The lock names every package with its hash. uv installs it in a third of pip's time; pip does where uv cannot be had or
# cannot reach the packages. Both trust the certificates of the system, which a company's network may need.
export UV_SYSTEM_CERTS := 1
export UV_NATIVE_TLS := 1
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	@echo "setting up, half a minute to a few: packages go to $(VENV)"
	@$(PIP) uv || true
	@$(UV) --require-hashes -r requirements.lock || $(PIP) --require-hashes -r requirements.lock
	@$(UV) --no-deps -e . || $(PIP) --no-deps -e .
	@touch $(READY)

$(TESTS_READY): $(READY) tests/requirements.lock
	@echo "setting up the tests"
	@$(UV) --require-hashes -r tests/requirements.lock || $(PIP) --require-hashes -r tests/requirements.lock
	@touch $(TESTS_READY)

.PHONY: help run test check browser-test lab lock clean
.DEFAULT_GOAL := help
