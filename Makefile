# Thin on purpose: every word here is `python3 -m deploy.local WORD`, for machines without make too.
# make run PORT=8001 · make test ARGS="tests/claims -x" · make bench ONLY=journey · PYTHON= another interpreter
PYTHON ?= python3

.DEFAULT_GOAL := run
.PHONY: run test lint bench screenshots sms-double setup

run test lint bench screenshots sms-double setup:
	@$(PYTHON) -m deploy.local $@ $(ARGS)
