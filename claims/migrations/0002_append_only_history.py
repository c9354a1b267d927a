"""The database itself refuses to change or delete what happened to a claim."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER claim_event_is_append_only BEFORE UPDATE OR DELETE ON claims_claimevent
    FOR EACH ROW EXECUTE FUNCTION history_is_append_only();
CREATE TRIGGER submission_is_append_only BEFORE UPDATE OR DELETE ON claims_submission
    FOR EACH ROW EXECUTE FUNCTION history_is_append_only();
"""

NO_LONGER = """
DROP TRIGGER claim_event_is_append_only ON claims_claimevent;
DROP TRIGGER submission_is_append_only ON claims_submission;
DROP FUNCTION history_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]

    operations = [migrations.RunSQL(APPEND_ONLY, NO_LONGER)]
