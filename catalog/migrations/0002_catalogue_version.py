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

# The row is seen once its transaction is committed; the number in it is never given twice, even to one rolled back.
NOTE = """
CREATE SEQUENCE catalogue_changes;
CREATE FUNCTION catalogue_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO catalog_catalogueversion (id, number) VALUES (1, nextval('catalogue_changes'))
    ON CONFLICT (id) DO UPDATE SET number = excluded.number;
    RETURN NULL;
END
$$
"""
NOTE_NO_MORE = "DROP FUNCTION catalogue_changed(); DROP SEQUENCE catalogue_changes"


def trigger(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION catalogue_changed()",
        f"DROP TRIGGER catalogue_changed ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [
        migrations.RunSQL(NOTE, NOTE_NO_MORE),
        *(trigger(table) for table in TABLES),
    ]
