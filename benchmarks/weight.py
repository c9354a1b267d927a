"""G9: what a first visit and the pages after it weigh, compressed, and how many requests they are."""

import gzip
import os
import re
from pathlib import Path

from django.test import Client
from django.urls import reverse

from benchmarks import claims_table, people
from benchmarks.goals import Row, row

STATIC = "/static/"
LINKED = re.compile(r"""(?:href|src)="(/static/[^"#?]+|/captcha/[^"#?]+\.png)""")
# What stylesheets and modules name in their turn, relative to themselves.
NAMED = re.compile(r"""url\(["']?([^"')#?]+)|(?:from|import)\s*\(?["'](\.[^"']+)""")
AFTER = ("home", "claims:list", "claims:new", "members:account", "members:messages", "catalog:centres")


class Browser:
    """Keeps what it has loaded, as a browser does with files that are named by their content."""

    def __init__(self, client: Client) -> None:
        self.client, self.kept = client, set()

    def visit(self, url: str) -> tuple[int, int]:
        """Bytes and requests of this visit."""
        page = people.read(self.client, url).content
        sizes = [len(gzip.compress(page, 6))]
        wanted = LINKED.findall(page.decode())
        while wanted:
            link = wanted.pop()
            if link in self.kept:
                continue
            self.kept.add(link)
            if link.startswith(STATIC):
                sizes.append(self.weigh(link))
                wanted += self.named_in(link)
            else:
                sizes.append(len(self.client.get(link).content))
        return sum(sizes), len(sizes)

    def weigh(self, link: str) -> int:
        """As WhiteNoise and nginx send it: the smallest of what was prepared."""
        place = file_of(link)
        return min(
            Path(f"{place}{end}").stat().st_size
            for end in ("", ".br", ".gz")
            if Path(f"{place}{end}").exists()
        )

    def named_in(self, link: str) -> list[str]:
        if not link.endswith((".css", ".js")):
            return []
        names = (first or second for first, second in NAMED.findall(file_of(link).read_text()))
        return [
            os.path.normpath(os.path.join(os.path.dirname(link), name)) for name in names if ":" not in name
        ]


def file_of(link: str) -> Path:
    return Path(os.environ["BENCH_FOLDER"], "static", link.removeprefix(STATIC))


def rows(**_) -> list[Row]:
    claims_table.household(10)
    first, requests = Browser(Client()).visit(reverse("members:login"))
    member = Browser(people.signed_in(people.maryam()))
    member.visit(reverse("home"))
    later = {name: member.visit(reverse(name))[0] for name in AFTER}
    heaviest = max(later, key=later.get)
    return [
        row("G9", "first visit, kB", [first / 1000], must=50, best=27, unit="kB"),
        row("G9", "its requests", [requests], must=8, best=8),
        row("G9", "later pages, the heaviest, kB", [later[heaviest] / 1000], must=8, best=8, note=heaviest),
    ]
