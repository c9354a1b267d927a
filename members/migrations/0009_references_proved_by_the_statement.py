"""What enrolments refer to is proved by the database for a whole statement at once, in place of foreign keys.

A foreign key looks up each row for itself: for a roster of 100,000 people that alone was a quarter of the import.
The promise is the same from both sides: no enrolment refers to what is not there, and nothing that enrolments
refer to is removed, emptied or given another key.
"""

import django.db.models.deletion
from django.db import migrations, models

# Table, and the columns of enrolments that refer to it.
REFERENCES = {
    "members_person": ("person_id", "primary_id"),
    "catalog_contract": ("contract_id",),
    "catalog_plan": ("plan_id",),
    "catalog_province": ("province_id",),
    "catalog_baseinsurer": ("base_insurer_id",),
}

COLUMNS = [(column, table) for table, columns in REFERENCES.items() for column in columns]
MISSING = [f"w.{column} IS NOT NULL AND of_{column}.id IS NULL" for column, _ in COLUMNS]
SAID = [
    f"WHEN {missing} THEN '{column} ' || w.{column}"
    for missing, (column, _) in zip(MISSING, COLUMNS, strict=True)
]
JOINS = [f"LEFT JOIN {table} of_{column} ON of_{column}.id = w.{column}" for column, table in COLUMNS]

# EXECUTE plans each time anew: what suits one row is hopeless for a hundred thousand.
PROVE = f"""
CREATE FUNCTION enrolments_refer_to_what_is_there() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    missing text;
BEGIN
    EXECUTE $proof$
        SELECT CASE {" ".join(SAID)} END
        FROM written w {" ".join(JOINS)}
        WHERE {" OR ".join(MISSING)}
    $proof$ INTO missing;
    IF missing IS NOT NULL THEN
        RAISE foreign_key_violation USING MESSAGE = format('an enrolment refers to %s, which is not there', missing);
    END IF;
    RETURN NULL;
END
$$
"""
# Taken before the first row goes: writers of enrolments that began earlier end first, and their rows are seen by
# the check afterwards; later ones wait and then miss what has gone. Neither happens to people or contracts in
# daily work, so that the lock costs nobody.
WAIT = """
CREATE FUNCTION wait_for_writers_of_enrolments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE members_enrolment IN SHARE MODE;
    RETURN NULL;
END
$$
"""
STAY = """
CREATE FUNCTION what_enrolments_refer_to_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    reference text;
    held boolean;
BEGIN
    FOREACH reference IN ARRAY TG_ARGV LOOP
        IF TG_OP = 'DELETE' THEN
            EXECUTE format('SELECT EXISTS (SELECT FROM gone g JOIN members_enrolment e ON e.%I = g.id)', reference)
            INTO held;
        ELSE
            EXECUTE format('SELECT EXISTS (SELECT FROM members_enrolment WHERE %I IS NOT NULL)', reference)
            INTO held;
        END IF;
        IF held THEN
            RAISE foreign_key_violation USING
                MESSAGE = format('enrolments still refer to what was removed from %s by %s', TG_TABLE_NAME, reference);
        END IF;
    END LOOP;
    RETURN NULL;
END
$$
"""
KEY = """
CREATE FUNCTION what_enrolments_refer_to_keeps_its_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE foreign_key_violation USING MESSAGE = format('%s keeps its key', TG_TABLE_NAME);
END
$$
"""
FUNCTIONS = {
    "enrolments_refer_to_what_is_there": PROVE,
    "wait_for_writers_of_enrolments": WAIT,
    "what_enrolments_refer_to_stays": STAY,
    "what_enrolments_refer_to_keeps_its_key": KEY,
}


def function(name: str, sql: str) -> migrations.RunSQL:
    return migrations.RunSQL(sql, f"DROP FUNCTION {name}()")


def trigger(name: str, table: str, when: str, what: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} {when.format(table)} EXECUTE FUNCTION {what}",
        f"DROP TRIGGER {name} ON {table}",
    )


def proofs() -> list[migrations.RunSQL]:
    return [
        trigger(
            f"references_proved_on_{event}",
            "members_enrolment",
            f"AFTER {event} ON {{}} REFERENCING NEW TABLE AS written FOR EACH STATEMENT",
            "enrolments_refer_to_what_is_there()",
        )
        for event in ("insert", "update")
    ]


def guards(table: str, columns: tuple[str, ...]) -> list[migrations.RunSQL]:
    stays = f"what_enrolments_refer_to_stays({', '.join(columns)})"
    return [
        trigger(
            "before_removal",
            table,
            "BEFORE DELETE OR TRUNCATE ON {} FOR EACH STATEMENT",
            "wait_for_writers_of_enrolments()",
        ),
        trigger(
            "after_deletion",
            table,
            "AFTER DELETE ON {} REFERENCING OLD TABLE AS gone FOR EACH STATEMENT",
            stays,
        ),
        trigger("after_truncation", table, "AFTER TRUNCATE ON {} FOR EACH STATEMENT", stays),
        trigger(
            "key_stays",
            table,
            "BEFORE UPDATE OF id ON {} FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id)",
            "what_enrolments_refer_to_keeps_its_key()",
        ),
    ]


def reference(name: str, to: str, **options) -> migrations.AlterField:
    field = models.ForeignKey(
        to=to, on_delete=django.db.models.deletion.PROTECT, db_constraint=False, **options
    )
    return migrations.AlterField(model_name="enrolment", name=name, field=field)


OPTIONAL = {"blank": True, "null": True}


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_find_centres"), ("members", "0008_national_id_once")]

    operations = [
        *(function(name, sql) for name, sql in FUNCTIONS.items()),
        *proofs(),
        *(guard for table, columns in REFERENCES.items() for guard in guards(table, columns)),
        # Only now do the foreign keys go: there is no moment at which nothing watches.
        reference("contract", "catalog.contract", related_name="enrolments", verbose_name="قرارداد"),
        reference("person", "members.person", db_index=False, related_name="enrolments", verbose_name="شخص"),
        reference(
            "primary",
            "members.person",
            db_index=False,
            related_name="dependant_enrolments",
            verbose_name="بیمه‌شدهٔ اصلی",
        ),
        reference("plan", "catalog.plan", db_index=False, verbose_name="طرح", **OPTIONAL),
        reference("province", "catalog.province", db_index=False, verbose_name="استان", **OPTIONAL),
        reference(
            "base_insurer", "catalog.baseinsurer", db_index=False, verbose_name="بیمهٔ پایه", **OPTIONAL
        ),
    ]
