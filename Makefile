PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo serve test coverage check fix bench crash load restore hostile lock clean
help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

.venv/.runtime: requirements.txt pyproject.toml
	@PYTHON=$(PYTHON) scripts/venv requirements.txt
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.txt
	@PYTHON=$(PYTHON) scripts/venv requirements-dev.txt
	@touch $@

demo: .venv/.runtime  ## two companies sign a contract in chat, into demo/; MESSENGER=aiogram or ptb: through Telegram's wire
	$(if $(MESSENGER),$(BIN)/python -m tests.telegram.demo $(MESSENGER),$(BIN)/sealbot demo)

serve: .venv/.runtime  ## the assistant for people: http://127.0.0.1:8080
	$(BIN)/sealbot serve

test: .venv/.dev  ## every check and every test
	@scripts/system-packages
	@scripts/check
	$(BIN)/python -m pytest -n auto --dist worksteal

coverage: .venv/.dev  ## what the tests do not reach; takes twice their time
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=
	@$(BIN)/coverage report

check: .venv/.dev  ## lint, types and the rule of rooms only
	@scripts/check

fix: .venv/.dev  ## format and mend what ruff can mend
	$(BIN)/ruff check --fix-only . && $(BIN)/ruff format .

bench: .venv/.dev  ## where the time goes, as ratios, into bench.json
	$(BIN)/python -m tests.bench

crash: .venv/.dev  ## a thousand deaths of the process in the life of a contract, and 500 torn copies of its database
	$(BIN)/python -m tests.crash

load: .venv/.dev  ## a hundred thousand contracts, and two hundred conversations at once
	$(BIN)/python -m tests.load

restore: .venv/.dev  ## ten thousand completed contracts backed up in use, brought back and verified again
	$(BIN)/python -m tests.load.restoring

hostile: .venv/.dev  ## a hundred thousand messages and five thousand files that nobody should send
	$(BIN)/python -m tests.hostile

lock: .venv/.dev  ## renew the hashed requirements from pyproject.toml
	@scripts/lock

clean:
	rm -rf .venv demo bench.json .coverage .mypy_cache .ruff_cache .import_linter_cache build *.egg-info
