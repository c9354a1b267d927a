"""The database itself notes that a small table has changed: no writer can forget it."""

from django.db import migrations

TABLES = [
    "catalog_province",
    "catalog_branch",
    "catalog_centretype",
    "catalog_servicetype",
    "catalog_service",
    "catalog_documenttype",
    "catalog_requireddocument",
    "catalog_baseinsurer",
    "catalog_reason",
    "catalog_membershiptype",
]

# The transaction's number, not a counter: it is seen only once committed, and one rolled back leaves nothing.
NOTE = """
CREATE FUNCTION catalogue_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO catalog_catalogueversion (id, number) VALUES (1, pg_current_xact_id()::text::bigint)
    ON CONFLICT (id) DO UPDATE SET number = excluded.number
    WHERE catalog_catalogueversion.number <> excluded.number;
    RETURN NULL;
END
$$
"""


def trigger(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION catalogue_changed()",
        f"DROP TRIGGER catalogue_changed ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [
        migrations.RunSQL(NOTE, "DROP FUNCTION catalogue_changed()"),
        *(trigger(table) for table in TABLES),
    ]
