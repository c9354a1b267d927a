"""`load_demo` on any day of the year: the contracts begin three months before it, and a second run adds nothing."""

from datetime import timedelta

import jdatetime
import pytest
from django.core.management import call_command

from catalog.models import Contract
from claims.management.commands.load_demo import months_before
from members.models import Enrolment, User
from portal.lib import dates
from portal.lib.validators import national_id


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        ((1405, 9, 1), 3, (1405, 6, 1)),
        ((1405, 3, 31), 3, (1404, 12, 29)),
        ((1404, 3, 31), 3, (1403, 12, 30)),
        ((1405, 1, 31), 1, (1404, 12, 29)),
        ((1405, 6, 31), -12, (1406, 6, 31)),
        ((1403, 12, 30), -12, (1404, 12, 29)),
    ],
)
def test_months_before_a_day_end_on_a_day_that_exists(day, months, earlier):
    assert months_before(jdatetime.date(*day), months) == jdatetime.date(*earlier)


@pytest.mark.django_db
def test_a_second_run_changes_nothing(capsys):
    call_command("load_catalogue", verbosity=0)
    call_command("load_demo")
    counted = [model.objects.count() for model in (Contract, Enrolment, User)]
    assert Contract.objects.get(number="DEMO-001").start_date == months_before(dates.today(), 3)

    call_command("load_demo")

    assert [model.objects.count() for model in (Contract, Enrolment, User)] == counted
    assert Contract.objects.get(number="1403-001").end_date < dates.today() - timedelta(days=1)


@pytest.mark.django_db
def test_everybody_of_the_staff_is_named_also_who_was_made_before(capsys):
    call_command("load_catalogue", verbosity=0)
    User.objects.create_user("finance", "Demo-pass-1403", is_staff=True, staff_name="لادن مهرپرور")
    call_command("load_demo")

    numbers = list(User.objects.filter(is_staff=True).values_list("staff_national_id", flat=True))

    assert len(set(numbers)) == len(numbers) == 5
    assert [national_id(number) for number in numbers] == numbers
