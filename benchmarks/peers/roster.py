"""A roster by openpyxl and `bulk_create`: rows judged one by one with the same validators, one transaction."""

from django.core.exceptions import ValidationError
from django.db import transaction
from openpyxl import load_workbook

from members.models import Enrolment, Person
from portal.lib import dates, validators
from portal.lib.text import match_key, stored

BATCH = 1_000
GENDERS = {"مرد": "male", "زن": "female"}
RELATIONS = {"بیمه شده اصلی": "self", "همسر": "spouse", "فرزند": "child"}


def import_roster(path, contract) -> int:
    rows = load_workbook(path, read_only=True).active.iter_rows(min_row=2, values_only=True)
    people, entries = {}, []
    for _, first, last, father, number, certificate, born, gender, relation, primary, plan, mobile in rows:
        try:
            number, primary = validators.national_id(str(number)), validators.national_id(str(primary))
            mobile = validators.mobile(str(mobile))
            birth_date = dates.parse_jalali(str(born))
        except (ValidationError, ValueError):
            continue
        first, last = stored(first), stored(last)
        people[number] = Person(
            national_id=number,
            first_name=first,
            last_name=last,
            first_key=match_key(first),
            last_key=match_key(last),
            father_name=stored(father),
            birth_certificate_number=str(certificate),
            birth_date=birth_date,
            gender=GENDERS[gender],
        )
        entries.append((number, primary, RELATIONS[relation], plan, mobile))
    with transaction.atomic():
        return write(people, entries, contract)


def write(people, entries, contract) -> int:
    known = {person.national_id: person for person in Person.objects.filter(national_id__in=people)}
    new = [person for number, person in people.items() if number not in known]
    Person.objects.bulk_create(new, batch_size=BATCH)
    known |= {person.national_id: person for person in new}
    plans = {plan.title: plan for plan in contract.plans.all()}
    Enrolment.objects.bulk_create(
        (
            Enrolment(
                person=known[number],
                primary=known[primary],
                contract=contract,
                relation=relation,
                plan=plans[plan],
                mobile=mobile,
                cover_start=contract.start_date,
                cover_end=contract.end_date,
            )
            for number, primary, relation, plan, mobile in entries
        ),
        batch_size=BATCH,
    )
    return len(entries)
