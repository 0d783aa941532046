# The verbs a person types. Each is one call of `python -m pipeline …`; this file only sets up and passes options on.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Every option that can be typed; another name is a slip and stops here.
OPTIONS_KNOWN := STUDY EDITION LANG REPORT_LANG ENGINE BLIND SHORT REASON BATCHES CERTIFICATE KEY PUBLIC_KEY FILE YES WITH STUDIES COLUMN FLEET WORKERS SCHEDULER CLUSTER JOB_SCRIPT PYTHON VENV BIN
TYPED := $(foreach name,$(.VARIABLES),$(if $(filter command,$(origin $(name))),$(name)))
SLIPS := $(filter-out $(OPTIONS_KNOWN) MAKE% -%,$(TYPED))
ifneq ($(SLIPS),)
$(error There is no option $(SLIPS). Options: $(OPTIONS_KNOWN))
endif

# A fleet has no study of its own, or a template that is named.
TEMPLATE := $(if $(filter command,$(origin STUDY)),$(value STUDY))
STUDY ?= medan-pendidikan
EDITION ?= latest
# LANG is also the environment's locale: it counts only when typed on the command line.
ifeq ($(origin LANG),command line)
override REPORT_LANG := $(value LANG)
override LANG := C.UTF-8
endif
REPORT_LANG ?= id
ENGINE ?= auto
BLIND ?= 0
SHORT ?= 0
YES ?= 0
JOB_SCRIPT ?= 0
# What is typed reaches a recipe by the environment, as it stands: neither make nor the shell reads it as a command.
override STUDY := $(value STUDY)
override EDITION := $(value EDITION)
override REPORT_LANG := $(value REPORT_LANG)
override ENGINE := $(value ENGINE)
override BLIND := $(value BLIND)
override SHORT := $(value SHORT)
override REASON := $(value REASON)
override BATCHES := $(value BATCHES)
override CERTIFICATE := $(value CERTIFICATE)
override KEY := $(value KEY)
override PUBLIC_KEY := $(value PUBLIC_KEY)
override FILE := $(value FILE)
override YES := $(value YES)
override WITH := $(value WITH)
# These names are common in other programs' environments: they count only when typed.
override STUDIES := $(if $(filter command,$(origin STUDIES)),$(value STUDIES))
override COLUMN := $(if $(filter command,$(origin COLUMN)),$(value COLUMN))
override FLEET := $(if $(filter command,$(origin FLEET)),$(value FLEET))
override WORKERS := $(if $(filter command,$(origin WORKERS)),$(value WORKERS))
override CLUSTER := $(if $(filter command,$(origin CLUSTER)),$(value CLUSTER))
ifeq ($(origin SCHEDULER),command line)
# Every verb may share its work with a standing scheduler.
EVALUATION_SCHEDULER := $(value SCHEDULER)
export EVALUATION_SCHEDULER
endif
export STUDY EDITION REPORT_LANG ENGINE BLIND SHORT REASON BATCHES CERTIFICATE KEY PUBLIC_KEY FILE YES WITH
export STUDIES COLUMN FLEET WORKERS CLUSTER TEMPLATE
ifneq ($(filter-out 0 1,$(BLIND) $(SHORT) $(YES)),)
$(error BLIND, SHORT and YES are 0 or 1)
endif
ifneq ($(filter-out 0 1,$(JOB_SCRIPT)),)
$(error JOB_SCRIPT is 0 or 1)
endif
OPTIONS = --study "$$STUDY" --edition "$$EDITION" --lang "$$REPORT_LANG" --engine "$$ENGINE" $(if $(filter 1,$(BLIND)),--blind)

.DEFAULT_GOAL := help
.PHONY: help setup git-filter report fleet check new test style behaviour test-slow demo-data verify why plan-run compare review audit package validate plan questionnaire lab bench clean lock

help:  ## list the verbs
	@echo "make VERB [STUDY=medan-pendidikan] [EDITION=2024] [LANG=id|en|all] [ENGINE=auto|embedded|quarto] [BLIND=1]"; echo
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.ready  ## make the virtual environment (the other verbs do it by themselves)

$(VENV)/.ready: requirements.lock requirements-setup.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12 …" >&2; exit 2; }
	@echo "Setting up $(VENV) (once, and again when the lock changes) …"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { rm -rf $(VENV); $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-setup.lock
	@VIRTUAL_ENV="$$PWD/$(VENV)" $(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes requirements.lock requirements-setup.lock
	@printf "%s\n" "$$PWD" > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/evaluation.pth"
	@$(BIN)/python -m compileall -q -j 0 --invalidation-mode checked-hash pipeline
	@$(MAKE) -s git-filter
	@touch $@

# Notebooks are compared and committed without outputs, whatever an editor saved in them (.gitattributes names the filter).
git-filter:
	@! git rev-parse -q --is-inside-work-tree >/dev/null 2>&1 || { \
	  git config filter.nbstripout.clean "\"$$(cd "$(BIN)" && pwd)/nbstripout\" --keep-id --extra-keys \"metadata.language_info.codemirror_mode metadata.language_info.file_extension metadata.language_info.mimetype metadata.language_info.nbconvert_exporter metadata.language_info.pygments_lexer metadata.language_info.version\""; \
	  git config filter.nbstripout.smudge cat; }

report: $(VENV)/.ready  ## make the evaluation report: reports/STUDY/EDITION/LANG/
	@$(BIN)/python -m pipeline report $(OPTIONS)

fleet: $(VENV)/.ready  ## make many studies' reports and a page over them: STUDIES="a b", or FILE=x.xlsx COLUMN=place STUDY=template
	@$(BIN)/python -m pipeline fleet --studies "$$STUDIES" $(if $(value FILE),--file "$$FILE") --column "$$COLUMN" --study "$$TEMPLATE" --fleet "$$FLEET" --edition "$$EDITION" --lang "$$REPORT_LANG" --engine "$$ENGINE" $(if $(WORKERS),--workers "$$WORKERS") $(if $(CLUSTER),--cluster "$$CLUSTER") $(if $(filter 1,$(JOB_SCRIPT)),--job-script) $(if $(filter 1,$(BLIND)),--blind)

check: $(VENV)/.ready  ## say what study and files are understood to say, before anything is estimated
	@$(BIN)/python -m pipeline check $(OPTIONS)

new: $(VENV)/.ready  ## write a study file from an office's own panel: STUDY=name FILE=panel.xlsx [YES=1]
	@$(BIN)/python -m pipeline new --study "$$STUDY" --file "$$FILE" --edition "$$EDITION" $(if $(filter 1,$(YES)),--yes)

test: $(VENV)/.ready  ## check style, types and behaviour; what CI runs
	@$(MAKE) -s -j2 style behaviour

style: $(VENV)/.ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@out="$$($(BIN)/lint-imports --no-logo --no-cache)" || { echo "$$out"; exit 1; }

behaviour: $(VENV)/.ready
	@$(BIN)/python -m pytest -n 2 --dist loadfile -p no:nbval -m "not slow"

test-slow: $(VENV)/.ready  ## the long checks: full-size demonstration studies and all their variants
	@$(BIN)/python -m pytest -n 2 --dist loadfile -p no:nbval -m slow

demo-data: $(VENV)/.ready  ## write the seeded demonstration data again (same bytes each time)
	@$(BIN)/python -m pipeline demo-data

verify: $(VENV)/.ready  ## make the report twice from nothing, compare every byte, certify [CERTIFICATE=file] [KEY=office.pem]
	@$(BIN)/python -m pipeline verify $(if $(CERTIFICATE),--certificate "$$CERTIFICATE",$(OPTIONS)) $(if $(KEY),--sign "$$KEY") $(if $(PUBLIC_KEY),--public-key "$$PUBLIC_KEY")

why: $(VENV)/.ready  ## say in words what is out of date, and because of what
	@$(BIN)/python -m pipeline why $(OPTIONS)

plan-run: $(VENV)/.ready  ## show which steps a run would execute
	@$(BIN)/python -m pipeline plan-run $(OPTIONS)

compare: $(VENV)/.ready  ## say what differs from an earlier edition, and what each difference comes from [WITH=2023]
	@$(BIN)/python -m pipeline compare $(OPTIONS) $(if $(WITH),--with "$$WITH")

review: $(VENV)/.ready  ## gather reviewers' remarks of a returned DOCX or sheet into one list [FILE=returned.docx]
	@$(BIN)/python -m pipeline review $(OPTIONS) $(if $(FILE),--file "$$FILE")

audit: $(VENV)/.ready  ## attack the report made last: can a hidden cell, a person or a unit be found?
	@$(BIN)/python -m pipeline audit $(OPTIONS)

package: $(VENV)/.ready  ## write the replication package of the published report: one archive
	@$(BIN)/python -m pipeline package --study "$$STUDY" --edition "$$EDITION"

validate: $(VENV)/.ready  ## check the methods: published tables, other implementations, Monte Carlo [SHORT=1] [SCHEDULER=tcp://…]
	@$(BIN)/python -m pipeline validate --lang "$$REPORT_LANG" --engine "$$ENGINE" $(if $(filter 1,$(SHORT)),--short)

plan: $(VENV)/.ready  ## freeze the study's primary choices before the effect is seen [REASON="…" for a revision]
	@$(BIN)/python -m pipeline plan --study "$$STUDY" --reason "$$REASON"

questionnaire: $(VENV)/.ready  ## write the survey's forms from the item bank: XLSForm, PDF, assignment [BATCHES=file.csv]
	@$(BIN)/python -m pipeline questionnaire --study "$$STUDY" $(if $(BATCHES),--batches "$$BATCHES")

lab: $(VENV)/.ready  ## open the notebooks in JupyterLab
	@$(BIN)/jupyter lab notebooks

bench: $(VENV)/.ready  ## measure seconds and memory; fails on a loss of a quarter against docs/performance.md
	@$(BIN)/python -m benchmarks.report --study "$$STUDY" --check

clean: $(VENV)/.ready  ## remove what was made (build/, data/processed/); reports stay
	@$(BIN)/python -m pipeline clean

lock: $(VENV)/.ready  ## pin the dependencies anew
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate requirements.in -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate requirements-setup.in -o requirements-setup.lock
	@$(BIN)/python -m pipeline conda-env
