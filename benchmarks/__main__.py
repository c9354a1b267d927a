"""`make bench`: every part, or those of ONLY=; prints one table and writes it to var/bench.json."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.goals import Row, table
from benchmarks.place import ROOT, Place, place

# Name, module, and the database it works on. What only reads uses the template itself.
PARTS = {
    "journey": ("journey", "base"),
    "sql": ("statements", "base"),
    "photo": ("photo", "base"),
    "roster": ("roster", "base"),
    "centres": ("centres", "base"),
    "million": ("million", "million"),
    "queue": ("desk", "million"),
    "weight": ("weight", "base"),
    "door": ("door", "base"),
    "sender": ("sender", "base"),
    "submit": ("submit", "base"),
    "listing": ("listing", "base"),
    "logins": ("logins", "base"),
    "files": ("files", "base"),
    "pages": ("pages", "base"),
    "paint": ("paint", "base"),
    "errand": ("errand", "base"),
}
ANSWER = Path(os.environ.get("PORTAL_VAR") or ROOT / "var") / "bench.json"


def wanted() -> list[str]:
    names = os.environ.get("ONLY", "").replace(",", " ").split() or list(PARTS)
    if unknown := [name for name in names if name not in PARTS]:
        sys.exit(f"There is no part {' '.join(unknown)}; there are: {', '.join(PARTS)}.")
    return names


def run(at: Place, name: str) -> list[Row] | None:
    """The rows of one part; None when it failed, so that the others still run."""
    module, template = PARTS[name]
    answer = at.folder / f"{name}.json"
    try:
        if template == "base":
            with at.copy_of("base", name) as database:
                at.python("benchmarks.part", module, str(answer), database=database)
        else:
            at.template("thousand")
            at.python("benchmarks.part", module, str(answer), database=at.template(template))
    except subprocess.CalledProcessError:
        return None
    found = json.loads(answer.read_text())
    return [Row(**{key: value for key, value in row.items() if key != "reached"}) for row in found]


def main() -> int:
    # Asked to stop, it still drops its databases and ends the part that runs.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    rows, failed = [], []
    names = wanted()
    with place() as at:
        at.template("base")
        for name in names:
            start = time.monotonic()
            found = run(at, name)
            if found is None:
                failed.append(name)
            rows += found or []
            seconds = time.monotonic() - start
            print(f"{name}: {'failed' if found is None else 'done'} in {seconds:.0f} s", flush=True)
            # So that a run that is broken off has told what it found.
            print(table(found or []), flush=True)
    print(table(rows))
    ANSWER.parent.mkdir(exist_ok=True)
    ANSWER.write_text(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1))
    if failed:
        print(f"Failed, see above: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
