"""The catalogue as shipped, and centres made for one search."""

import pytest

from catalog import seed, tables
from catalog.models import CentreType, MedicalCentre, Province


@pytest.fixture
def shipped(db):
    """Everything load_catalogue brings, centres included."""
    seed.load()
    tables.forget()
    return tables.catalogue()


@pytest.fixture
def make_centre(db):
    """`make_centre("بیمارستان رازی", city="رشت", province="گیلان", kind="بیمارستان")`."""

    def made(name, *, city="تهران", province="تهران", kind="بیمارستان", **given):
        centre_type, _ = CentreType.objects.get_or_create(
            title=kind, defaults={"code": f"kind-{CentreType.objects.count()}"}
        )
        place, _ = Province.objects.get_or_create(
            name=province,
            defaults={"title": f"استان {province}", "code": f"P{Province.objects.count()}"},
        )
        tables.forget()
        return MedicalCentre.objects.create(
            name=name, city=city, province=place, centre_type=centre_type, **given
        )

    return made
