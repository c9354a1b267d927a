"""A centre is found by any part of its name, however it is spelled, and past one slip of the finger."""

import pytest

from catalog.models import CentreWord, MedicalCentre
from catalog.search import find


@pytest.fixture
def centres(make_centre):
    make_centre("بیمارستان رازی", city="رشت", province="گیلان")
    make_centre("بیمارستان امام خمینی (ره)", city="ساری", province="مازندران")
    make_centre("دندانپزشکی دکتر حمیدی", kind="دندان‌پزشکی")
    make_centre("عینک‌سازی دیدار", city="مشهد", province="خراسان رضوی", kind="عینک‌سازی")
    make_centre("آزمایشگاه آریا شمارهٔ ۱۲", kind="آزمایشگاه")
    make_centre("مرکز پزشکی هسته ای شفا", city="کرج", province="البرز", kind="مرکز تصویربرداری")
    make_centre("ام آر آی و آزمایشگاه سهروردی", kind="آزمایشگاه")


def names(text, **asked):
    return [centre.name for centre in find(text, **asked)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("رازی", "بیمارستان رازی"),
        ("بیمارستان را", "بیمارستان رازی"),
        ("رازي بيمارستان", "بیمارستان رازی"),
        ("بیمارستان رازی رشت", "بیمارستان رازی"),
        ("رازی گیلان", "بیمارستان رازی"),
        ("بیمارستانرازی", "بیمارستان رازی"),
        ("خميني  امام", "بیمارستان امام خمینی (ره)"),
        ("خمینی‌امام", "بیمارستان امام خمینی (ره)"),
        ("حمید", "دندانپزشکی دکتر حمیدی"),
        ("دندان پزشکی حمیدی", "دندانپزشکی دکتر حمیدی"),
        ("دندان‌پزشکی دكتر حميدی", "دندانپزشکی دکتر حمیدی"),
        ("پزشکی حمیدی", "دندانپزشکی دکتر حمیدی"),
        ("عینک سازی", "عینک‌سازی دیدار"),
        ("عینکسازی دیدار", "عینک‌سازی دیدار"),
        ("ازمایشگاه اریا", "آزمایشگاه آریا شمارهٔ ۱۲"),
        ("آریا 12", "آزمایشگاه آریا شمارهٔ ۱۲"),
        ("آریا ١٢", "آزمایشگاه آریا شمارهٔ ۱۲"),
        ("اریا شماره", "آزمایشگاه آریا شمارهٔ ۱۲"),
        ("هسته‌ای شفا", "مرکز پزشکی هسته ای شفا"),
        ("تصویربرداری شفا", "مرکز پزشکی هسته ای شفا"),
        ("ام‌آرآی سهروردی", "ام آر آی و آزمایشگاه سهروردی"),
    ],
)
def test_it_is_found_however_it_is_spelled(centres, text, name):
    assert names(text)[:1] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("بیمارسان رازی", "بیمارستان رازی"),
        ("بیمارستتان رازی", "بیمارستان رازی"),
        ("بیمارستان رازب", "بیمارستان رازی"),
        ("بیمارستان راری", "بیمارستان رازی"),
        ("بیمارستان ارزی", "بیمارستان رازی"),
        ("نیمارستان رازی", "بیمارستان رازی"),
        ("بیماستا رازی", "بیمارستان رازی"),
        ("سهروری", "ام آر آی و آزمایشگاه سهروردی"),
        ("حمیدب دندانپزشکی", "دندانپزشکی دکتر حمیدی"),
        ("دندانپ زشکی حمیدی", "دندانپزشکی دکتر حمیدی"),
        ("هروردی", "ام آر آی و آزمایشگاه سهروردی"),
    ],
)
def test_one_slip_of_the_finger_is_forgiven(centres, text, name):
    assert names(text)[:1] == [name]


def test_two_different_names_are_not_one_slip(centres):
    assert names("بیمارستان فارابی") == []


@pytest.mark.parametrize(
    "text", ["", "   ", "%", "_", "%%_\\", "'", '"; DROP TABLE', "()", "\u200c", "،", "x" * 300, "ی " * 300]
)
def test_signs_and_nonsense_find_nothing_and_harm_nothing(centres, text):
    assert names(text) == []
    assert MedicalCentre.objects.count() == 7


def test_what_begins_so_comes_before_what_only_holds_it(make_centre):
    make_centre("کلینیک مهرگان")
    make_centre("مهر")
    make_centre("بیمارستان مهر")
    make_centre("مهرگان")
    assert names("مهر") == ["مهر", "مهرگان", "بیمارستان مهر", "کلینیک مهرگان"]


def test_a_word_of_the_name_comes_before_one_of_the_city(make_centre):
    make_centre("درمانگاه الف", city="شیراز", province="فارس")
    make_centre("درمانگاه شیراز", city="ساری", province="مازندران")
    assert names("شیراز درمانگاه") == ["درمانگاه شیراز", "درمانگاه الف"]


def test_the_members_own_province_comes_first(make_centre):
    make_centre("بیمارستان شفا", city="ساری", province="مازندران")
    near = make_centre("بیمارستان شفا", city="شیراز", province="فارس")
    first, second = find("شفا", near=near.province_id)
    assert (first.city, second.city) == ("شیراز", "ساری")


def test_the_own_province_is_not_crowded_out_by_many_others(make_centre):
    for _ in range(30):
        make_centre("بیمارستان شفا", city="ساری", province="مازندران")
    near = make_centre("بیمارستان نور شفا", city="شیراز", province="فارس")
    assert near in find("شفا", near=near.province_id, limit=5)
    assert len(find("بیمارستان", near=near.province_id, limit=5)) == 5
    assert near in find("بیمارستان", near=near.province_id, limit=5)


def test_filters_narrow_the_search(centres, make_centre):
    wanted = make_centre("داروخانه رازی", city="رشت", province="گیلان", kind="داروخانه")
    elsewhere = make_centre("داروخانه رازی", city="کرج", province="البرز", kind="داروخانه")
    assert find("رازی", centre_type=wanted.centre_type_id, province=wanted.province_id) == [wanted]
    assert find("رازی", centre_type=wanted.centre_type_id) == [wanted, elsewhere]
    assert names("رازی", province=wanted.province_id) == ["داروخانه رازی", "بیمارستان رازی"]
    assert find("رازب", province=elsewhere.province_id) == [elsewhere]


def test_filters_alone_list_what_they_leave(centres, make_centre):
    pharmacy = make_centre("داروخانه پگاه", kind="داروخانه")
    assert find("", centre_type=pharmacy.centre_type_id) == [pharmacy]
    assert pharmacy in find("", province=pharmacy.province_id)


def test_recent_centres_stand_first_while_they_fit(centres):
    pks = {centre.name: centre.pk for centre in MedicalCentre.objects.all()}
    recent = [pks["عینک‌سازی دیدار"], pks["بیمارستان امام خمینی (ره)"]]
    assert names("", recent=recent) == ["عینک‌سازی دیدار", "بیمارستان امام خمینی (ره)"]
    assert names("بیمارستان", recent=recent) == ["بیمارستان امام خمینی (ره)", "بیمارستان رازی"]
    assert names("رازی", recent=[10**9]) == ["بیمارستان رازی"]


def test_a_centre_that_is_switched_off_is_not_found(centres):
    MedicalCentre.objects.filter(name="بیمارستان رازی").update(is_active=False)
    assert "بیمارستان رازی" not in names("رازی")
    assert names("", recent=MedicalCentre.objects.values_list("pk", flat=True)).count("بیمارستان رازی") == 0


def test_a_new_name_is_found_at_once(centres):
    centre = MedicalCentre.objects.get(name="بیمارستان رازی")
    centre.name = "بیمارستان پورسینا"
    centre.save(update_fields=["name"])
    assert names("پورسینا") == ["بیمارستان پورسینا"]
    assert "بیمارستان رازی" not in names("رازی")
    assert names("پورسین بیمارستان") == ["بیمارستان پورسینا"]
    assert CentreWord.objects.filter(word="پورسینا").exists()


def test_a_keystroke_costs_one_statement(centres, django_assert_num_queries):
    find("گرم شدن")
    with django_assert_num_queries(1):
        (centre,) = find("رازی")
        assert (centre.province.name, centre.centre_type.title) == ("گیلان", "بیمارستان")


def test_a_vain_search_costs_few_statements(centres, django_assert_max_num_queries):
    find("گرم شدن")
    with django_assert_max_num_queries(4):
        find("نه این نه آن و نه هیچ نام دیگر")


def test_no_more_than_asked_for(make_centre):
    for number in range(12):
        make_centre(f"بیمارستان شفا {number}")
    assert len(find("شفا", limit=5)) == 5


def test_every_shipped_centre_is_found_by_its_name_and_city(shipped):
    for centre in MedicalCentre.objects.all():
        assert centre in find(f"{centre.city} {centre.name}"), centre.name
