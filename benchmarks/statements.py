"""G2: SQL statements of every page, session and user included, on a little data and on fifty times as much."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.urls import NoReverseMatch, reverse

from benchmarks import claims_table, cost, people
from benchmarks.goals import Row, row
from benchmarks.journey import picture
from claims.models import Claim
from members.models import Discrepancy

LITTLE, TIMES = 10, 50
WIZARD = ("basics", "details", "documents", "mobile", "review")
MEMBER = (
    "home",
    "claims:list",
    "claims:cases",
    "members:discrepancies",
    "members:discrepancy_new",
    "members:messages",
    "members:account",
    "members:account_contact",
    "catalog:centres",
)
LEVELS = {"wizard pages": (12, 8), "member pages": (6, 4), "admin lists": (10, 8)}
MESSAGES = """
INSERT INTO notifications_message (kind, key, "to", "values", text, sealed, is_secret, queue, state, attempts,
    provider, provider_reference, provider_message_id, provider_code, cause, not_after, due_at, created_at,
    settled_at, recipient_id)
SELECT 'claim_submitted', 'bench-' || %(salt)s || n, '09121110001', '{}', 'متن', '', false, 'notices', 'sent', 1,
       'demo', %(salt)s || n, '', '', '', now(), now(), now(), now(), %(recipient)s
  FROM generate_series(1, %(count)s) AS n
"""


def rows(**_) -> list[Row]:
    grow(LITTLE)
    addresses = pages()
    before = counted(addresses)
    grow(LITTLE * (TIMES - 1))
    after = counted(addresses)
    answer = []
    for kind, (must, best) in LEVELS.items():
        worst = max(after[kind], key=after[kind].get)
        answer.append(
            row(
                "G2",
                f"statements of {kind}, the most",
                [after[kind][worst]],
                must=must,
                best=best,
                note=", ".join(f"{url} {count}" for url, count in above(after[kind], must)),
            )
        )
    grown = [after[kind][url] - before[kind][url] for kind in before for url in before[kind]]
    answer.append(row("G2", f"growth from 1× to {TIMES}×, the most", [max(grown)], must=0, best=0))
    return answer


def above(counts: dict[str, int], must: int) -> list[tuple[str, int]]:
    return sorted(((url, count) for url, count in counts.items() if count > must), key=lambda one: -one[1])


def grow(count: int) -> None:
    """The household's claims, messages and reports, and the claims of others."""
    account = people.maryam()
    salt = str(Claim.objects.count())
    with connection.cursor() as cursor:
        cursor.execute(MESSAGES, {"salt": salt, "count": count, "recipient": account.pk})
        claims_table.insert(
            cursor,
            count,
            people=[account.person_id],
            salt="grown",
            first="3",
            filed_by=account.pk,
            offset=int(salt),
        )
    Discrepancy.objects.bulk_create(
        Discrepancy(user=account, person=account.person, subject="person", text="نام پدر نادرست است.")
        for _ in range(count)
    )


def pages() -> dict[str, list[tuple]]:
    client, filling = people.signed_in(people.maryam()), people.Filling(people.maryam())
    superuser = get_user_model().objects.create_superuser("reader", "Quiet-river-27", staff_name="مدیر")
    draft = people.draft(client, filling, picture)
    claim = Claim.objects.filter(status="paid", filed_by=people.maryam()).latest("pk")
    wizard = [reverse("claims:new"), *(reverse(f"claims:{name}", args=[draft]) for name in WIZARD)]
    member = [*map(reverse, MEMBER), claim.get_absolute_url(), reverse("claims:submitted", args=[claim.code])]
    return {
        "wizard pages": [(client, url) for url in wizard],
        "member pages": [(client, url) for url in member],
        "admin lists": [(people.signed_in(superuser), url) for url in admin_lists()],
    }


def admin_lists() -> list[str]:
    urls = []
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        try:
            urls.append(reverse(name))
        except NoReverseMatch:
            continue
    return [*urls, reverse("admin:index")]


def counted(addresses: dict[str, list[tuple]]) -> dict[str, dict[str, int]]:
    """A page is read once before, so that what a process keeps is there."""
    answer = {}
    for kind, all_of_it in addresses.items():
        answer[kind] = {}
        for client, url in all_of_it:
            people.read(client, url)
            with cost.statements() as sql:
                people.read(client, url)
            answer[kind][named(url)] = sql.count
    return answer


def named(url: str) -> str:
    """An address without the claim's code."""
    return "/".join("…" if len(part) == 22 else part for part in url.split("/"))
