"""While a claim is being filled in or mended: saving steps and the mobile. No status changes here."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from claims import documents, reading
from claims.lifecycle.moves import Refused, locked
from claims.models import Claim
from portal.lib.writing import added, saved_as_read

NOT_EDITABLE = "این درخواست دیگر قابل ویرایش نیست؛ وضعیت آن «{status}» است. آنچه اکنون نوشتید ذخیره نشد."


class ChangedMeanwhile(Refused):
    """The step was saved from another window or device since this form was drawn."""

    def __init__(self, claim: Claim, rows=()) -> None:
        super().__init__(
            "این مرحله در پنجره یا دستگاه دیگری تغییر کرده است. آنچه اکنون ثبت است زیر همین جمله آمده است؛ "
            "بررسی کنید و دوباره «بعدی» را بزنید."
        )
        self.claim = claim
        # What the other window wrote, as lines of a summary.
        self.rows = rows


# «مثل درخواست قبلی»: never the date, the amount or the pictures of an earlier claim.
COPIED = (
    "home_province_id",
    "centre_id",
    "centre_name",
    "centre_city",
    "service_type_id",
    "service_id",
    "base_insurer_id",
)


def start(member, form, *, like: Claim | None = None) -> Claim:
    """The draft row: from here on nothing is lost. `like` is an earlier claim to copy from."""
    claim = Claim(filed_by=member)
    for column in COPIED if like else ():
        setattr(claim, column, getattr(like, column))
    form.apply_to(claim)
    # Its code is new to the world: nothing can stand in its way.
    added(claim)
    return claim


def save_step(step, form) -> Claim:
    """Write the columns of one step, unless somebody else wrote them since the form was drawn."""
    return written(step, form.apply_to, seen=form.cleaned_data["seen"], columns=step.columns)


def confirm_mobile(step, *, number: str, seen: str) -> Claim:
    """This claim's number is one the account has proved to read."""

    def confirm(claim):
        claim.mobile, claim.mobile_confirmed_at = number, timezone.now()

    return written(step, confirm, seen=seen, columns=("mobile", "mobile_confirmed_at"))


def written(step, apply: Callable[[Claim], None], *, seen: str, columns: Sequence[str]) -> Claim:
    """The statement that writes finds the row as the step read it, or none: then it is looked at under its lock."""
    if not is_written(step, apply, seen=seen, columns=columns):
        with locked(step.claim) as claim:
            step = type(step)(claim, step.member)
            is_written(step, apply, seen=seen, columns=columns)
    return step.claim


def is_written(step, apply, *, seen, columns) -> bool:
    claim = step.claim
    ensure_editable(claim)
    if seen and seen != step.fingerprint:
        raise ChangedMeanwhile(claim)
    as_read = {"status": claim.status, "changed_at": claim.changed_at}
    apply(claim)
    claim.changed_at = timezone.now()
    return saved_as_read(claim, (*columns, "changed_at"), **as_read)


@contextmanager
def editing(claim: Claim) -> Iterator[Claim]:
    """The claim as it is now, locked by the very statement that notes the change."""
    with transaction.atomic():
        current = reading.touched_claim(claim)
        ensure_editable(current)
        yield current


def ensure_editable(claim: Claim) -> None:
    if not claim.is_editable:
        raise Refused(NOT_EDITABLE.format(status=claim.get_status_display()))


def discard(claim: Claim) -> None:
    """«حذف پیش‌نویس»: the row, and its files once that is certain."""
    with locked(claim) as current:
        if not current.is_draft:
            raise Refused("تنها پیش‌نویس را می‌توان حذف کرد.")
        names = list(current.documents.values_list("name", flat=True))
        current.delete()
        discard_files(names)


def discard_files(names: Iterable[str]) -> None:
    """After commit: a file whose row is gone is not needed; one whose row came back would be."""
    names = list(names)
    transaction.on_commit(lambda: [documents.discard(name) for name in names])
