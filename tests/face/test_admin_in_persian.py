"""Django's own pages of the staff count in Persian digits and tell Jalali moments."""

import re

import pytest
from django.urls import reverse
from django.utils.safestring import mark_safe

from catalog.models import Insurer
from portal.lib.tags import numbers_fa


@pytest.fixture
def office(client, cast):
    cast.reviewer.is_superuser = True
    cast.reviewer.save(update_fields=["is_superuser"])
    client.force_login(cast.reviewer)
    return client


def page(office, name, *args, **query):
    return office.get(reverse(name, args=args), query).content.decode()


def test_the_pages_of_a_list_are_numbered_in_persian_digits(office):
    Insurer.objects.bulk_create(Insurer(name=f"بیمهٔ {number}") for number in range(250))

    text = page(office, "admin:catalog_insurer_changelist", p=2)

    numbers = re.findall(
        r'<(?:a href="\?[^"]*"|span class="this-page"[^>]*)>([^<]+)<', text.split('class="paginator"')[1]
    )
    assert numbers[:3] == ["۱", "۲", "۳"]
    assert 'aria-current="page">۲<' in text
    assert 'href="?p=3"' in text


def test_how_many_are_chosen_is_told_in_persian_digits(office):
    Insurer.objects.create(name="بیمهٔ نمونه")

    text = page(office, "admin:catalog_insurer_changelist")

    assert re.search(r'class="action-counter"[^>]*>۰ از [۰-۹]+ ', text)


def test_a_cell_that_is_a_number_is_written_in_persian_digits():
    cell = mark_safe('<td class="field-order nowrap">12</td>')

    assert numbers_fa(cell) == '<td class="field-order nowrap">۱۲</td>'
    assert numbers_fa("<td>12</td>") == "&lt;td&gt;12&lt;/td&gt;"


def test_a_long_number_is_a_code_and_stays(office, cast):
    text = page(office, "admin:members_person_changelist")

    assert f'<bdi dir="ltr">{cast.maryam.person.national_id}</bdi>' in text


def test_the_history_of_a_row_is_told_in_jalali_moments(office):
    insurer = Insurer.objects.create(name="بیمهٔ نمونه")
    office.post(
        reverse("admin:catalog_insurer_change", args=[insurer.pk]), {"name": "بیمهٔ دیگر", "is_active": "on"}
    )

    text = page(office, "admin:catalog_insurer_history", insurer.pk)

    assert re.search(r'<th scope="row">[۰-۹]+ \S+ ۱۴[۰-۹]{2}، ساعت [۰-۹:]+</th>', text)
    assert cast_name(office) in text


def cast_name(office):
    return office.get(reverse("admin:index")).wsgi_request.user.display_name
