"""Runs one part in a process of its own and leaves its rows, as JSON, in the file named."""

import importlib
import json
import sys
from pathlib import Path

import django


def main() -> None:
    name, answer = sys.argv[1:]
    django.setup()
    rows = importlib.import_module(f"benchmarks.{name}").rows()
    Path(answer).write_text(json.dumps([row.as_json() for row in rows]))


if __name__ == "__main__":
    main()
