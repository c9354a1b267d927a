"""The small tables are read once by a process, and again soon after anybody changed them."""

import time

import pytest
from django.db import connection, transaction

from catalog import tables
from catalog.models import Branch, CatalogueVersion, Province, Service, ServiceType
from catalog.tables import catalogue


@pytest.fixture
def later(monkeypatch):
    """Lets the seconds pass after which a process asks for changes."""

    def pass_by():
        monkeypatch.setattr(tables._kept, "check_at", time.monotonic() - 1)

    return pass_by


def test_a_warm_process_asks_the_database_nothing(shipped, django_assert_num_queries):
    with django_assert_num_queries(0):
        rows = catalogue()
        visit = rows.coded(ServiceType, "visit")
        assert rows.services_of(visit.pk)[0].service_type is visit
        assert rows.get(Province, rows.all(Province)[0].pk).branch.name


def test_after_some_seconds_one_statement_asks_for_changes(shipped, later, django_assert_num_queries):
    later()
    with django_assert_num_queries(1):
        assert catalogue() is shipped
    with django_assert_num_queries(0):
        assert catalogue() is shipped


@pytest.mark.parametrize(
    "change",
    [
        lambda: Province.objects.filter(code="IR-23").update(title="پایتخت"),
        lambda: Branch.objects.create(name="شعبهٔ تازه"),
        lambda: Service.objects.filter(code="visit_gp").delete(),
        lambda: connection.cursor().execute("UPDATE catalog_reason SET is_active = false"),
    ],
)
def test_any_change_by_anybody_is_seen(shipped, later, change):
    assert catalogue() is shipped
    change()
    later()
    assert catalogue() is not shipped


def test_a_change_elsewhere_is_not_seen_at_once_but_own_ones_may_be(shipped):
    Province.objects.filter(code="IR-23").update(title="پایتخت")
    assert catalogue().coded(Province, "IR-23").title == "استان تهران"
    tables.forget()
    assert catalogue().coded(Province, "IR-23").title == "پایتخت"


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_taken_back_is_forgotten():
    Province.objects.create(code="IR-23", title="استان تهران", name="تهران")
    tables.forget()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Province.objects.update(title="پایتخت")
        tables.forget()
        assert catalogue().coded(Province, "IR-23").title == "پایتخت"
        raise ZeroDivisionError
    tables._kept.check_at = 0
    assert catalogue().coded(Province, "IR-23").title == "استان تهران"


@pytest.mark.django_db(transaction=True)
def test_the_version_never_comes_again():
    Province.objects.create(code="IR-23", title="استان تهران", name="تهران")
    first = CatalogueVersion.objects.get().number
    connection.cursor().execute("TRUNCATE catalog_province CASCADE")
    assert CatalogueVersion.objects.get().number > first


def test_what_is_switched_off_is_not_offered(shipped):
    ServiceType.objects.filter(code="visit").update(is_enabled=False)
    Service.objects.filter(code="lab_allergy").update(is_enabled=False)
    tables.forget()
    assert "visit" not in [row.code for row in catalogue().service_types]
    laboratory = catalogue().coded(ServiceType, "laboratory")
    assert "lab_allergy" not in [row.code for row in catalogue().services_of(laboratory.pk)]
    # A claim made before still finds its row.
    assert catalogue().coded(ServiceType, "visit").title == "ویزیت"


@pytest.mark.parametrize("key", [None, "", "0", "x", "۱۲", 10**12, "-1"])
def test_a_key_nobody_has_finds_nothing(shipped, key):
    if key == "۱۲":
        # Persian digits are digits to Python as well.
        assert shipped.get(Province, key) == shipped.get(Province, 12)
    else:
        assert shipped.get(Province, key) is None
