"""Rows that belong together come or fail together, in one statement."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from portal.lib.writing import added, all_added, save_with, saved_as_read

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Group.objects.create(name="desk")


def test_a_row_changes_and_new_rows_learn_their_keys(desk, django_assert_num_queries):
    desk.name, first, second = "counter", Group(name="first"), Group(name="second")
    with django_assert_num_queries(1):
        save_with(desk, ["name"], first, second)

    assert Group.objects.get(pk=desk.pk).name == "counter"
    assert [Group.objects.get(pk=one.pk).name for one in (first, second)] == ["first", "second"]
    first.name = "third"
    first.save()
    assert Group.objects.get(pk=first.pk).name == "third"


def test_where_one_is_refused_nothing_is_written(desk):
    desk.name = "counter"
    with pytest.raises(IntegrityError), transaction.atomic():
        save_with(desk, ["name"], Group(name="first"), Group(name="first"))

    assert Group.objects.filter(name="desk").exists()
    assert not Group.objects.filter(name__in=["counter", "first"]).exists()


def test_what_is_there_already_is_told_without_a_failure(desk):
    new = Group(name="first")

    assert added(new)
    assert Group.objects.get(pk=new.pk).name == "first"
    assert not added(Group(name="desk"))


def test_a_row_is_written_while_it_is_as_it_was_read(desk, django_assert_num_queries):
    mine, theirs = Group.objects.get(pk=desk.pk), Group.objects.get(pk=desk.pk)
    mine.name, theirs.name = "counter", "window"

    with django_assert_num_queries(1):
        assert saved_as_read(mine, ["name"], name="desk")
    assert not saved_as_read(theirs, ["name"], name="desk")
    assert Group.objects.get(pk=desk.pk).name == "counter"


def test_a_row_that_is_gone_is_not_written(desk):
    gone = Group.objects.get(pk=desk.pk)
    desk.delete()

    assert not saved_as_read(gone, ["name"])
    assert not Group.objects.filter(pk=gone.pk).exists()


def test_new_rows_are_written_at_once_and_learn_their_keys(django_assert_num_queries):
    first, second = Group(name="first"), Group(name="second")
    with django_assert_num_queries(1):
        all_added(first, second)

    assert [Group.objects.get(pk=one.pk).name for one in (first, second)] == ["first", "second"]
    with pytest.raises(IntegrityError), transaction.atomic():
        all_added(Group(name="third"), Group(name="first"))
    assert not Group.objects.filter(name="third").exists()
