"""While a release is brought out the one before still runs: what comes after the first release only adds."""

import pytest
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState

from tests.portal import additive


def test_every_migration_since_the_first_release_only_adds():
    found = [line for each in additive.later_migrations() for line in additive.complaints(*each)]
    assert found == []


def test_the_first_release_is_there_and_known():
    assert set(additive.FIRST_RELEASE) == {"catalog", "claims", "members", "notifications"}


def note(**fields):
    return ModelState("claims", "Note", [("id", models.BigAutoField(primary_key=True)), *fields.items()])


@pytest.fixture
def state():
    state = ProjectState()
    state.add_model(note(text=models.CharField(max_length=20, null=True), number=models.IntegerField()))
    return state


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("note", "late", models.CharField(max_length=5, null=True)),
        migrations.AddField("note", "late", models.IntegerField(db_default=0)),
        migrations.AddIndex("note", models.Index(fields=["text"], name="by_text")),
        migrations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AlterField("note", "text", models.CharField(max_length=40, null=True)),
        migrations.AlterField("note", "text", models.TextField(null=True)),
        migrations.AlterField("note", "number", models.IntegerField("شمار")),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.RemoveField("note", "text")]),
    ],
    ids=lambda operation: operation.describe(),
)
def test_what_only_adds_is_let_through(operation, state):
    assert additive.complaints_of([operation], "claims", state) == []


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("note", "late", models.IntegerField(default=0)),
        migrations.RemoveField("note", "text"),
        migrations.RenameField("note", "text", "words"),
        migrations.DeleteModel("Note"),
        migrations.RenameModel("Note", "Remark"),
        migrations.AlterField("note", "text", models.CharField(max_length=20)),
        migrations.AlterField("note", "text", models.CharField(max_length=10, null=True)),
        migrations.AlterField("note", "number", models.CharField(max_length=10)),
        migrations.AlterField("note", "number", models.IntegerField(unique=True)),
        migrations.AddConstraint(
            "note", models.CheckConstraint(condition=models.Q(number__gt=0), name="above_nought")
        ),
        migrations.SeparateDatabaseAndState(database_operations=[migrations.RemoveField("note", "text")]),
    ],
    ids=lambda operation: operation.describe(),
)
def test_what_the_release_before_would_stumble_over_is_told(operation, state):
    assert len(additive.complaints_of([operation], "claims", state)) == 1
