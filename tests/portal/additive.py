"""Which operations of a migration the release before would stumble over, while it still runs on the new schema."""

import re

from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

# What the first release brings; whatever comes after these has to leave it working.
FIRST_RELEASE = {"catalog": "0003", "claims": "0015", "members": "0009", "notifications": "0001"}

TAKES_AWAY = (
    migrations.DeleteModel,
    migrations.RemoveField,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def later_migrations() -> list:
    loader = MigrationLoader(None)
    return [
        (loader, migration)
        for (app, name), migration in sorted(loader.disk_migrations.items())
        if app in FIRST_RELEASE and name[:4] > FIRST_RELEASE[app]
    ]


def complaints(loader, migration) -> list[str]:
    state = loader.project_state((migration.app_label, migration.name), at_end=False)
    return complaints_of(migration.operations, migration.app_label, state)


def complaints_of(operations, app: str, state) -> list[str]:
    """What the release before cannot live with; `state` is moved on."""
    found = []
    for operation in operations:
        after = state.clone()
        operation.state_forwards(app, after)
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            found += complaints_of(operation.database_operations, app, state.clone())
        elif problem := _problem(operation, app, state, after):
            found.append(f"{app}: {operation.describe()}: {problem}")
        state = after
    return found


def _problem(operation, app, before, after) -> str:
    if isinstance(operation, TAKES_AWAY):
        return "the release before still asks for it; take it out of the models first, one release earlier"
    if isinstance(operation, migrations.AddConstraint):
        return "the release before may write what it refuses; let it be checked by the forms for one release"
    if isinstance(operation, migrations.AddField) and not _may_be_left_out(operation.field):
        return "the release before writes rows without it; give it null=True or db_default"
    if isinstance(operation, migrations.AlterField):
        return _narrows(*(_field(operation, app, state) for state in (before, after)))
    return ""


def _may_be_left_out(field) -> bool:
    return field.null or field.many_to_many or field.has_db_default() or field.generated


def _field(operation, app, state):
    return state.apps.get_model(app, operation.model_name)._meta.get_field(operation.name)


def _narrows(old, new) -> str:
    if old.null and not _may_be_left_out(new):
        return "the release before may leave it empty"
    if old.column != new.column:
        return "the release before knows the old name of the column"
    types = [field.db_type(connection) or "" for field in (old, new)]
    lengths = [re.fullmatch(r"varchar\((\d+)\)", each) for each in types]
    if types[0] != types[1] and not (lengths[0] and _holds(types[1], lengths)):
        return f"{types[0]} becomes {types[1]}"
    if new.unique and not old.unique:
        return "the release before may write a second one"
    return ""


def _holds(new_type, lengths) -> bool:
    return new_type == "text" or (lengths[1] is not None and int(lengths[1][1]) >= int(lengths[0][1]))
