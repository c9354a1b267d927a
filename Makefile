# Thin on purpose: every word here is `python3 -m deploy.local WORD`, for machines without make too.
# make run PORT=8001 · make test ARGS="tests/claims -x" · make bench ONLY=journey · PYTHON= another interpreter
PYTHON ?= python3
LOCAL = @$(PYTHON) -m deploy.local

.DEFAULT_GOAL := run
.PHONY: run test lint bench screenshots sms-double setup

run:
	$(LOCAL) run $(ARGS)

test:
	$(LOCAL) test $(ARGS)

lint:
	$(LOCAL) lint $(ARGS)

bench:
	$(LOCAL) bench $(ARGS)

screenshots:
	$(LOCAL) screenshots $(ARGS)

sms-double:
	$(LOCAL) sms-double $(ARGS)

setup:
	$(LOCAL) setup $(ARGS)
