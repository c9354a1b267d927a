"""Batches made before their lines were kept: as they would have been written then. May run twice."""

from django.db import migrations

LINES = """
INSERT INTO claims_paymentline (batch_id, claim_id, iban, owner, amount)
SELECT claim.payment_batch_id, claim.id, first.iban, person.first_name || ' ' || person.last_name,
       claim.payable_amount
  FROM claims_claim claim
  JOIN members_enrolment own ON own.person_id = claim.insured_id AND own.contract_id = claim.contract_id
  JOIN members_enrolment first ON first.person_id = own.primary_id AND first.contract_id = claim.contract_id
  JOIN members_person person ON person.id = first.person_id
 WHERE claim.payment_batch_id IS NOT NULL AND claim.payable_amount > 0 AND first.iban <> ''
    ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0010_payments_by_line"), ("members", "0006_sessions_name_their_account")]

    operations = [migrations.RunSQL(LINES, migrations.RunSQL.noop)]
