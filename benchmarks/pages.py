"""G16: the first byte of every member page, four members at once."""

from django.urls import reverse

from benchmarks import claims_table, people, web
from benchmarks.goals import Row, row
from benchmarks.journey import picture
from benchmarks.rounds import ROUNDS, interleaved
from benchmarks.statements import MEMBER, WIZARD
from claims.models import Claim

MEMBERS = 4
TIMES = 2


def addresses() -> list[str]:
    client, filling = people.signed_in(people.maryam()), people.Filling(people.maryam())
    draft = people.draft(client, filling, picture)
    claim = Claim.objects.filter(status="paid", filed_by=people.maryam()).latest("pk")
    wizard = [reverse("claims:new"), *(reverse(f"claims:{name}", args=[draft]) for name in WIZARD)]
    return [*wizard, *map(reverse, MEMBER), claim.get_absolute_url()]


def rows(*, rounds: int = ROUNDS) -> list[Row]:
    claims_table.household(10)
    urls = addresses()
    with web.server() as port:
        browsers = [web.Browser(port, people.maryam()) for _ in range(MEMBERS)]

        def read(number: int) -> list[float]:
            times = []
            for turn in range(TIMES * len(urls)):
                url = urls[(turn + number * 4) % len(urls)]
                status, _ = browsers[number].get(url)
                if status != 200:
                    raise AssertionError(f"{url} answered {status}")
                times.append(browsers[number].first_byte_ms)
            return times

        found = interleaved({"ours": lambda: {"ms": web.p95(web.at_once(MEMBERS, read))}}, rounds=rounds)
    times = found.of("ours", "ms")
    return [row("G16", "first byte of member pages, p95, ms", times, must=80, best=40, voided=found.voided)]
