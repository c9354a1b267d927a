"""What the review desk shows: the member's words, what changed, what looks alike, the texts before they leave."""

import io
import re

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from catalog.models import Reason
from claims import lifecycle
from claims.admin import comparison
from claims.lifecycle.officer import FoundDeficiency
from claims.models import Claim, Document
from notifications.models import Message
from tests.claims.conftest import photo
from tests.claims.staff.conftest import Desk


@pytest.fixture
def returned(desk, filling, cast):
    """Marked deficient for its amount, mended with a new amount and a new image, taken again."""
    reason = Reason.objects.get(code="DEF04")
    lifecycle.mark_deficient(
        desk.claim, by=cast.reviewer, found=[FoundDeficiency(reason=reason, text=reason.title)]
    )
    filling.claim.refresh_from_db()
    filling.post("details", filling.details(paid_amount="۱٬۸۵۰٬۰۰۰"))
    filling.post("documents", {"file_report": photo("گزارش تازه")})
    filling.post("review", {"submit": "1", "note": "مبلغ را درست کردم."})
    lifecycle.take(filling.claim, by=cast.reviewer)
    desk.claim.refresh_from_db()
    return desk


def test_the_members_own_words_stand_beside_the_images(desk):
    page = desk.page()

    assert desk.claim.insured.full_name in page
    assert desk.claim.insured.national_id in page
    assert "۱٬۵۱۰٬۰۰۰" in page
    assert "صد و پنجاه و یک هزار تومان" in page
    for document in desk.claim.documents.all():
        assert reverse("claims:thumbnail", args=[document.code]) in page


def test_each_image_can_be_opened_by_a_link(desk):
    second = list(desk.claim.documents.present())[1]

    page = desk.page(image=second.code)

    assert f'src="{reverse("claims:file", args=[second.code])}"' in page
    assert "data-paper-number>۲<" in page


def test_what_changed_since_the_last_round_is_struck_through(returned):
    page = returned.page()

    assert "<del>۱٬۵۱۰٬۰۰۰ ریال</del>" in page
    assert "از بار پیش چه عوض شد" in page
    assert "مبلغ پرداخت‌شده" in returned.open().context["desk"].changed_words
    assert "تازه" in page
    assert "مبلغ را درست کردم." in page
    assert "بار دوم" in page
    assert Reason.objects.get(code="DEF04").title in page


def test_a_first_round_has_no_changes(desk):
    assert "از بار پیش" not in desk.page()


def test_the_same_picture_and_the_same_claim_are_told(desk, filling, cast):
    earlier = filling.submitted()

    found = desk.open().context["desk"].alike

    assert [one.claim for one in found] == [earlier]
    assert found[0].is_serious
    assert "همین تصویر" in found[0].why
    assert earlier.tracking_code in desk.page()


def test_one_picture_for_two_papers_is_said_beside_both(filling, cast):
    filling.to_review()
    invoice = filling.claim.documents.get(title__code="invoice")
    filling.post("documents", {"also": invoice.pk})
    again = Document.objects.latest("pk")
    filling.post("documents", {f"title_{again.pk}": "physician_order"})
    filling.post("review", {"submit": "1"})
    lifecycle.take(filling.claim, by=cast.reviewer)
    desk = Desk(cast.reviewer, filling.claim)

    page = desk.page()
    picked = re.findall(r'data-code="(\w+)" data-advice="([^"]*)"', page)
    beside_both = {code: advice for code, advice in picked if "هم آمده است" in advice}

    assert set(beside_both) == {"invoice", "physician_order"}
    assert beside_both["invoice"].startswith("همین تصویر برای «دستور پزشک» هم آمده است.")
    assert beside_both["physician_order"].startswith("همین تصویر برای «قبض (فاکتور)» هم آمده است.")
    assert "همان تصویرِ «دستور پزشک»" in page and "همان تصویرِ «قبض (فاکتور)»" in page
    # And above the one that stands large.
    shown = desk.open(image=again.code).context["desk"].shown_paper
    assert "«قبض (فاکتور)»" in shown.advice


def test_a_picture_saved_anew_is_told_as_much_alike(filling):
    first = filling.submitted()
    content = photo("invoice").read()
    buffer = io.BytesIO()
    Image.open(io.BytesIO(content)).save(buffer, "JPEG", quality=60)
    again = SimpleUploadedFile("again.jpg", buffer.getvalue(), "image/jpeg")
    filling.start()
    filling.post("details", filling.details(paid_amount="990000"))
    filling.post("documents", {"file_invoice": again})
    for code in ("physician_order", "report"):
        filling.post("documents", {f"file_{code}": photo(f"{code} دیگر", colour="#888888")})
    filling.post("documents", {"next": "1"})
    filling.confirm_mobile()
    filling.post("review", {"submit": "1"})
    second = Desk(filling.cast.reviewer, filling.claim)
    picture = filling.claim.documents.get(title__code="invoice")
    hashes = {picture.source_sha256, first.documents.get(title__code="invoice").source_sha256}

    found = comparison.alike(filling.claim, [picture])

    assert len(hashes) == 2
    assert [(one.claim, "بسیار همانند" in one.why, one.is_serious) for one in found] == [(first, True, False)]
    assert "بسیار همانند" in second.page()


def test_an_empty_sheet_looks_like_nothing():
    assert comparison.looks_near("0" * 16) == comparison.looks_near("f" * 16) == []
    assert len(comparison.looks_near("0f" * 8)) == 65


def test_a_draft_with_the_same_picture_is_nobodys_business(desk, filling):
    filling.to_review()

    assert desk.open().context["desk"].alike == []


def test_a_missing_paper_and_its_reason_are_read_by_the_officer(desk):
    image = desk.claim.documents.get(title__code="report")
    Document.objects.filter(pk=image.pk).update(removed_at=image.added_at)
    desk.claim.missing_documents.create(document_type=image.title, reason="مرکز جواب را نداد")

    page = desk.page()

    assert "مرکز جواب را نداد" in page
    assert "ندارد" in page


@pytest.mark.parametrize(
    ("act", "values", "kind", "shown"),
    [
        ("approve", {"cut-TOTAL_FORMS": "0", "cut-INITIAL_FORMS": "0"}, "claim_approved", "approved"),
        ("reject", {"reject-reason": "REJ01"}, "claim_rejected", "rejected"),
        (
            "deficient",
            {
                "found-TOTAL_FORMS": "1",
                "found-INITIAL_FORMS": "0",
                "found-0-reason": "DEF04",
                "found-0-text": "نمی‌خواند",
            },
            "claim_deficient",
            "deficient",
        ),
        ("originals", {}, "originals_requested", "originals"),
    ],
)
def test_the_text_that_is_shown_is_the_text_that_leaves(desk, act, values, kind, shown):
    preview = getattr(desk.open().context["desk"].decision.previews, shown)

    desk.act(act, values)

    message = Message.objects.get(kind=kind)
    assert preview["text"].startswith(message.text)
    assert preview["parts"] in (1, 2)


def test_the_history_names_who_and_what(desk, cast):
    desk.act("adviser", {"adviser-note": "ضرورت دارد؟"})

    page = desk.page()

    assert cast.reviewer.staff_name in page
    assert "نزد پزشک معتمد" in page
    assert "ضرورت دارد؟" in page


def test_a_draft_has_no_desk(filling, cast):
    filling.start()
    client = Client()
    client.force_login(cast.reviewer)

    assert client.get(reverse("admin:claims_claim_change", args=[filling.claim.code])).status_code == 404
    assert (
        client.post(reverse("admin:claims_claim_act", args=[filling.claim.code, "take"])).status_code == 404
    )


@pytest.mark.parametrize("who", ["maryam", "stranger"])
def test_members_see_neither_queue_nor_desk(cast, desk, who):
    client = Client()
    client.force_login(getattr(cast, who))

    for url in (
        reverse("admin:claims_claim_changelist"),
        reverse("admin:claims_claim_change", args=[desk.claim.code]),
    ):
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("admin:login"))


def test_without_a_session_the_desk_leads_to_the_staffs_own_login(desk):
    answer = Client().get(reverse("admin:claims_claim_change", args=[desk.claim.code]))

    assert answer.url.startswith(reverse("admin:login"))


def test_who_saw_a_claim_or_a_picture_is_kept(desk, filling):
    image = desk.claim.documents.first()
    desk.open()
    desk.client.get(reverse("claims:file", args=[image.code]))
    desk.client.get(reverse("claims:thumbnail", args=[image.code]))
    filling.client.get(reverse("claims:file", args=[image.code]))

    rows = LogEntry.objects.filter(action=LogEntry.Action.ACCESS).order_by("pk")
    assert [row.changes["act"][1] for row in rows] == ["claim", "picture", "thumbnail"]
    assert {row.actor for row in rows} == {desk.user}
    assert not any(desk.claim.insured.national_id in f"{row.object_repr}{row.changes}" for row in rows)


def test_the_finance_office_sees_the_desk_without_any_decision(office):
    page = office.page()

    assert "اظهار عضو" in page
    assert "اعلام نقص و ارسال پیامک" not in page


def test_the_desk_costs_a_fixed_number_of_statements(
    returned, filling, catalogue_in_memory, django_assert_max_num_queries
):
    returned.open()
    with django_assert_max_num_queries(20) as few:
        returned.open()
    for _ in range(3):
        filling.submitted()

    with django_assert_max_num_queries(20) as lots:
        returned.open()

    assert len(lots.captured_queries) == len(few.captured_queries)
    assert Claim.objects.count() == 4


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "\0", "\u202e\u2066", "😀", "<script>", "'; --", "%%_\\", "۱٢3"]
)
def test_whatever_is_typed_is_answered_with_a_page(desk, text):
    image = desk.claim.documents.first()
    found = {
        "found-TOTAL_FORMS": "1",
        "found-INITIAL_FORMS": "0",
        "found-0-reason": text,
        "found-0-text": text,
    }
    cut = {"cut-TOTAL_FORMS": text, "cut-INITIAL_FORMS": "0", "approve-note": text}
    typed = {
        "deficient": found | {"wanted": text, "add": text},
        "approve": cut,
        "reject": {"reject-reason": text, "reject-note": text},
        "adviser": {"adviser-note": "x" * 10_000 + text},
        "title": {"image": text, "title": text},
        "centre": {"centre": text},
    }
    for act, values in typed.items():
        assert desk.act(act, values, image=image.code).status_code == 200
    Claim.objects.filter(pk=desk.claim.pk).update(centre=None, centre_name="درمانگاه")

    assert desk.open(image=text, tab=text, centre=text).status_code == 200
    assert desk.queue(q=text, status=text, page=text, before=text).status_code == 200
    found_by = desk.client.post(reverse("admin:claims_claim_find"), {"wanted": text}, follow=True)
    assert found_by.status_code == 200
    desk.claim.refresh_from_db()
    assert desk.claim.status == "under_review"
