"""The number stood in the history and in the notes; it is the claim's own now. May run twice."""

from django.db import migrations

REFERENCES = """
UPDATE claims_claim claim
   SET paper_reference = left(event.details ->> 'reference', 40), notes = ''
  FROM claims_claimevent event
 WHERE event.claim_id = claim.id AND event.verb = 'paper_kept' AND claim.paper_reference = ''
   AND event.details ->> 'reference' <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0012_paper_references")]

    operations = [migrations.RunSQL(REFERENCES, migrations.RunSQL.noop)]
