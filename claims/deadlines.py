"""Until when a claim may be sent, as its contract decides."""

from datetime import timedelta

from catalog.models import Contract
from portal.lib.dates import today


def deadline_of(contract: Contract, service_date):
    """The last day to send papers of that service, or None where the contract sets none."""
    days = []
    if contract.submission_days_after_service is not None:
        days.append(service_date + timedelta(days=contract.submission_days_after_service))
    if contract.submission_days_after_contract_end is not None:
        days.append(contract.end_date + timedelta(days=contract.submission_days_after_contract_end))
    return min(days, default=None)


def is_past(contract: Contract, service_date) -> bool:
    deadline = deadline_of(contract, service_date)
    return deadline is not None and today() > deadline
