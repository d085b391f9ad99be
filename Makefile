# Each target does its own set-up in .venv; a machine needs only Python 3.11 or newer, pip and make.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check fuzz bench docs clean

demo: .venv/.run
	@$(BIN)/sanctionscreen screen examples/shipments.csv -o examples/shipments.screened.csv

test: .venv/.test
	@$(BIN)/python -m pytest --numprocesses auto

# The properties of the rule language on fifty times as many cases: about half an hour.
fuzz: .venv/.test
	@SANCTIONSCREEN_FUZZ=50 $(BIN)/python -m pytest -q tests/test_rule_evaluators.py tests/test_expressions.py tests/test_features.py

check: .venv/.check
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/sanctionscreen rules test

# Tables worked out of others: a later one reads an earlier one.
WRITTEN := person_forms.tsv legal_form_keys.tsv expanded.tsv expanded_scripts.tsv ordinary_words.tsv phrase_keys.tsv

# Generated pages; the tests compare them with what the program says.
docs: .venv/.test
	@$(BIN)/python -m sanctionscreen.report.field_reference > docs/fields.md
	@$(BIN)/python -m sanctionscreen.cli.reference > docs/cli.md
	@for table in $(WRITTEN); do $(BIN)/python -m sanctionscreen.text.written $$table > words.new && mv words.new src/sanctionscreen/text/$$table || exit 1; done
	@$(BIN)/python tests/readings.py > readings.new && mv readings.new src/sanctionscreen/text/readings.tsv
	@$(BIN)/python tests/listed_names.py > words.new && mv words.new src/sanctionscreen/text/listed_names.tsv
	@$(BIN)/sanctionscreen rules schema -o src/sanctionscreen/packs/pack.schema.json
	@$(BIN)/sanctionscreen screen --schema > docs/assessment.schema.json
	@rm -f docs/rules/*.md && $(BIN)/sanctionscreen rules docs -o docs/rules
	@$(BIN)/sanctionscreen rules coverage --markdown > red-flags.new && mv red-flags.new docs/red-flags.md

bench: .venv/.test
	@for script in clean_parties cold_start matching speed rules mutants; do echo "== $$script"; $(BIN)/python benchmarks/$$script.py || exit 1; done

clean:
	rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "sanctionscreen needs Python 3.11 or newer; set PYTHON=python3.12, for example")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

.venv/.run: pyproject.toml .venv/bin/python
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/.test: .venv/.run
	@$(BIN)/python -m pip install --quiet --group test
	@touch $@

.venv/.check: .venv/.run
	@$(BIN)/python -m pip install --quiet --group check
	@touch $@
