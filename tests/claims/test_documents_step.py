"""«تصاویر مدارک»: each file on its own; every image titled, every paper there or explained."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.models import DocumentType
from claims.models import Claim, Document
from tests.claims.conftest import Filling, photo

SIZES = {"one": (1200, 1600), "two": (1000, 1600)}
JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def at_documents(filling) -> Filling:
    filling.start()
    filling.post("details", filling.details())
    return filling


def test_the_page_lists_what_the_service_asks_for(at_documents):
    page = at_documents.client.get(at_documents.url("documents")).content.decode()

    assert "تصویر مدارک زیر را بارگذاری کنید:" in page
    for title in ("قبض (فاکتور)", "دستور پزشک", "جواب (ریپورت)"):
        assert title in page


def test_several_files_at_once_become_untitled_images(at_documents):
    at_documents.post("documents", {"images": [photo("یک"), photo("دو")]})

    assert [one.title for one in Document.objects.all()] == [None, None]


@pytest.mark.parametrize(
    ("places", "order"),
    [
        (("40", "20"), ["two", "one"]),
        (("x" * 10_000, "-1"), ["one", "two"]),
        (("99999", "٢٠"), ["one", "two"]),
    ],
)
def test_files_of_one_choice_stand_as_they_were_chosen(at_documents, places, order):
    for name, place in zip(("one", "two"), places, strict=True):
        at_documents.post("documents", {"images": photo(name, size=SIZES[name]), "place": place})

    shapes = {size: name for name, size in SIZES.items()}
    assert [shapes[one.width, one.height] for one in Document.objects.present()] == order


def test_a_file_from_a_slot_brings_its_title(at_documents):
    at_documents.post("documents", {"file_report": photo()})

    assert Document.objects.get().title.code == "report"


def test_a_file_that_is_no_image_is_refused_and_takes_no_other_along(at_documents):
    text = SimpleUploadedFile("یادداشت.jpg", b"hello", "image/jpeg")

    at_documents.post("documents", {"images": [photo("یک"), text, photo("دو")]})
    page = at_documents.client.get(at_documents.url("documents")).content.decode()

    assert Document.objects.count() == 2
    assert "یادداشت.jpg" in page
    assert "عکس" in page


def test_the_script_is_answered_with_the_list_and_the_refusal(at_documents):
    good = at_documents.post("documents", {"images": photo()}, **JSON)
    bad = at_documents.post("documents", {"images": SimpleUploadedFile("x.jpg", b"")}, **JSON)

    assert good.status_code == 200 and good.json()["count"] == 1
    assert "عنوان تصویر" in good.json()["html"]
    assert bad.status_code == 422 and len(bad.json()["refusals"]) == 1
    assert bad.json()["count"] == 1


def test_going_on_needs_an_invoice_and_each_required_paper(at_documents):
    answer = at_documents.post("documents", {"next": "1"})

    assert answer.status_code == 422
    assert "تصویر قبض یا صورت‌حساب لازم است" in answer.content.decode()


def test_a_paper_that_is_not_there_is_linked_to_its_slot(at_documents):
    contract = at_documents.cast.contract
    contract.missing_document_allowed = False
    contract.save()

    page = at_documents.post("documents", {"next": "1"}).content.decode()

    for code in ("invoice", "physician_order", "report"):
        assert f'<a href="#slot-{code}">' in page
        assert f'id="slot-{code}"' in page


def test_going_on_needs_a_title_for_every_image(at_documents):
    at_documents.post("documents", {"images": photo()})

    answer = at_documents.post("documents", {"next": "1"})

    assert "عنوان همهٔ تصاویر را انتخاب کنید." in answer.content.decode()


def test_a_missing_paper_may_be_explained(at_documents, catalogue):
    at_documents.post("documents", {"file_invoice": photo("قبض"), "file_physician_order": photo("دستور")})
    report = next(slot for slot in slots(at_documents) if slot.document_type.code == "report")

    answer = at_documents.post("documents", {f"missing_{report.document_type.pk}": "مرکز نداد", "next": "1"})

    assert answer.url == at_documents.url("mobile")
    assert at_documents.claim.missing_documents.get().reason == "مرکز نداد"


def test_an_emptied_reason_is_taken_back_and_the_paper_is_asked_for_again(at_documents):
    field = f"missing_{DocumentType.objects.get(code='report').pk}"
    at_documents.add_documents("invoice", "physician_order")
    at_documents.post("documents", {field: "هنوز آماده نشده است."})

    answer = at_documents.post("documents", {field: "", "next": "1"})

    assert answer.status_code == 422
    assert "هنوز آماده نشده است." not in answer.content.decode()
    assert not at_documents.claim.missing_documents.exists()


def test_unless_the_contract_forbids_it(at_documents):
    contract = at_documents.cast.contract
    contract.missing_document_allowed = False
    contract.save()
    at_documents.post("documents", {"file_invoice": photo("قبض"), "file_physician_order": photo("دستور")})
    report = next(slot for slot in slots(at_documents) if slot.document_type.code == "report")

    answer = at_documents.post("documents", {f"missing_{report.document_type.pk}": "مرکز نداد", "next": "1"})

    assert answer.status_code == 422


def slots(filling):
    from claims.steps import Wizard

    return Wizard(filling.claim, filling.cast.maryam)["documents"].slots


def test_with_an_e_prescription_the_order_is_optional(filling):
    filling.start()
    filling.post("details", filling.details(has_eprescription="yes", eprescription_code="81271"))

    answer = filling.post(
        "documents", {"file_invoice": photo("قبض"), "file_report": photo("جواب"), "next": "1"}
    )

    assert answer.url == filling.url("mobile")


def test_what_is_optional_asks_for_no_reason_and_one_given_before_can_be_taken_back(filling):
    filling.start()
    filling.post("details", filling.details())
    field = f"missing_{DocumentType.objects.get(code='physician_order').pk}"
    filling.post("documents", {field: "گم شده است."})

    filling.post("details", filling.details(has_eprescription="yes", eprescription_code="81271"))
    assert f'name="{field}"' in filling.client.get(filling.url("documents")).content.decode()
    filling.post("documents", {field: ""})

    page = filling.client.get(filling.url("documents")).content.decode()
    assert "دستور پزشک" in page
    assert f'name="{field}"' not in page


def test_an_image_is_turned_replaced_and_removed_and_files_follow_rows(at_documents):
    at_documents.post("documents", {"file_invoice": photo(size=(1200, 1600))})
    first = Document.objects.get()

    at_documents.post("documents", {"rotate": first.pk})
    turned = Document.objects.get()
    assert (turned.width, turned.height) == (first.height, first.width)
    assert turned.title == first.title

    at_documents.post("documents", {f"replace_{turned.pk}": photo("تازه")})
    replaced = Document.objects.get()
    assert replaced.sha256 != turned.sha256 and replaced.title == first.title

    at_documents.post("documents", {"remove": replaced.pk})
    assert not Document.objects.exists()


def test_at_twenty_images_one_can_still_be_replaced(at_documents):
    small = [photo(str(number), size=(300, 300)) for number in range(20)]
    at_documents.post("documents", {"images": small})
    one = Document.objects.order_by("order").first()

    at_documents.post("documents", {f"replace_{one.pk}": photo("تازه", size=(300, 300))})

    assert Document.objects.count() == 20
    assert not Document.objects.filter(pk=one.pk).exists()
    assert Document.objects.order_by("order", "pk").first().order == one.order


def test_a_member_may_not_fill_the_disk_in_a_day(at_documents, settings):
    settings.LIMITS = settings.LIMITS | {"upload-size": (1, 24 * 3600)}

    answer = at_documents.post("documents", {"images": photo()}, **JSON)

    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_no_reason_stands_for_the_invoice(at_documents):
    offered = {slot.document_type.code: slot.may_be_missing for slot in slots(at_documents)}

    assert offered["invoice"] is False
    assert offered["report"] is True


def test_a_button_loses_no_title_that_was_chosen_beside_it(at_documents):
    at_documents.post("documents", {"images": [photo("یک"), photo("دو")]})
    one, two = Document.objects.order_by("pk")

    at_documents.post(
        "documents", {f"title_{one.pk}": "invoice", f"title_{two.pk}": "report", "remove": two.pk}
    )

    assert Document.objects.get().title.code == "invoice"


@pytest.mark.parametrize("button", ["rotate", "replace"])
def test_a_title_chosen_beside_goes_along_when_the_same_picture_is_turned_or_replaced(at_documents, button):
    at_documents.post("documents", {"images": photo()})
    one = Document.objects.get()

    act = {"rotate": one.pk} if button == "rotate" else {f"replace_{one.pk}": photo("تازه")}
    answer = at_documents.post("documents", {f"title_{one.pk}": "report"} | act, **JSON)

    other = Document.objects.get()
    assert other.title.code == "report"
    assert answer.json()["instead"] == {str(one.pk): other.pk}


def test_what_is_wrong_with_a_photo_is_said_in_short_with_what_to_do_and_a_button(at_documents):
    at_documents.post("documents", {"file_report": photo(size=(400, 500))})
    page = at_documents.client.get(at_documents.url("documents")).content.decode()

    assert "<span>عکس کوچک است</span>" in page
    assert "از نزدیک‌تر دوباره عکس بگیرید." in page
    assert "دوباره عکس می‌گیرم" in page and "همین را نگه می‌دارم" in page

    at_documents.post("documents", {"keep": Document.objects.get().pk})
    page = at_documents.client.get(at_documents.url("documents")).content.decode()
    assert "دوباره عکس می‌گیرم" not in page


@pytest.mark.parametrize(
    ("asked", "status", "length"),
    [("bytes=0-9", 206, 10), ("bytes=10-", 206, None), ("bytes=99999999-", 416, 0), ("lines=1-2", 200, None)],
)
def test_a_broken_line_goes_on_in_the_middle_of_a_picture(at_documents, client, asked, status, length):
    at_documents.post("documents", {"images": photo()})
    address = f"/files/{Document.objects.get().code}/"
    whole = client.get(address).getvalue()

    answer = client.get(address, headers={"range": asked})

    assert answer.status_code == status
    assert answer["Accept-Ranges"] == "bytes"
    if asked == "bytes=10-":
        assert answer.getvalue() == whole[10:]
    elif length is not None:
        assert len(answer.getvalue()) == length


def test_a_picture_of_an_earlier_claim_is_told_and_the_reason_reaches_the_officer(filling):
    first = filling.submitted()
    filling.to_review()

    page = filling.client.get(filling.url("review")).content.decode()
    assert (
        f'در درخواست دیگری (کد رهگیری <bdi dir="ltr">{first.tracking_code}</bdi>) هم فرستاده شده است' in page
    )
    assert "دلیل ثبت دوباره" in page

    assert page.count("هم فرستاده شده") == 1, "however many pictures they share"

    filling.post("review", {"submit": "1", "duplicate_reason": "یک قبض برای دو خدمت است."})
    assert filling.claim.duplicate_reason == "یک قبض برای دو خدمت است."


def test_of_a_strangers_claim_nothing_is_told(at_documents, client):
    picture = photo("مشترک")
    at_documents.post("documents", {"file_invoice": picture})
    Claim.objects.filter(pk=at_documents.claim.pk).update(insured=at_documents.cast.stranger.person)

    second = Filling(client, at_documents.cast)
    second.start()
    second.post("details", second.details())
    picture.seek(0)
    second.post("documents", {"file_invoice": picture})

    assert "هم فرستاده شده" not in client.get(second.url("documents")).content.decode()


def test_the_twenty_first_image_is_refused(at_documents):
    at_documents.post("documents", {"images": [photo(str(number), size=(300, 300)) for number in range(20)]})

    answer = at_documents.post("documents", {"images": photo("بیشتر", size=(300, 300))}, **JSON)

    assert answer.status_code == 422
    assert "حداکثر ۲۰ تصویر" in answer.json()["refusals"][0]
    assert Document.objects.count() == 20


def test_a_picture_is_served_as_nothing_but_a_picture_to_its_household(at_documents, client):
    at_documents.post("documents", {"images": photo()})
    document = Document.objects.get()

    for address in (f"/files/{document.code}/", f"/files/{document.code}/small/"):
        answer = client.get(address)
        assert answer["Content-Type"] == "image/jpeg"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "private" in answer["Cache-Control"]
        assert answer.getvalue().startswith(b"\xff\xd8")

    client.force_login(at_documents.cast.stranger)
    assert client.get(f"/files/{document.code}/").status_code == 404


def test_an_image_moves_past_the_one_before_it_in_its_slot(at_documents):
    """Between the two pages of the invoice the report was photographed: one press is enough."""
    for code, name in (("invoice", "page 1"), ("report", "report"), ("invoice", "page 2")):
        at_documents.post("documents", {f"file_{code}": photo(name)})
    first, report, second = (one.pk for one in Document.objects.present())
    page = at_documents.client.get(at_documents.url("documents")).content.decode()
    assert f'name="up" value="{second}"' in page
    assert f'name="up" value="{first}"' not in page and f'name="up" value="{report}"' not in page

    at_documents.post("documents", {"up": second})

    assert [one.pk for one in Document.objects.present()] == [second, first, report]


def test_who_stands_first_cannot_be_moved_further(at_documents):
    at_documents.post("documents", {"images": [photo("one"), photo("two")]})
    order = [one.pk for one in Document.objects.present()]

    at_documents.post("documents", {"up": order[0]})

    assert [one.pk for one in Document.objects.present()] == order
