"""Which documents a claim asks for. What stands for what, and who may pass one by, is the wizard's matter."""

from dataclasses import dataclass

from catalog.models import Contract, DocumentType, Service, ServiceType
from catalog.tables import catalogue


@dataclass(frozen=True, slots=True)
class AskedDocument:
    document_type: DocumentType
    is_required: bool


def documents_for(
    *, contract: Contract | None, service_type: ServiceType | None, service: Service | None = None
) -> list[AskedDocument]:
    """The first rules that say anything: the contract's for the service, the contract's for the type,
    the service's own, the type's."""
    if service_type is None:
        return []
    contracts = [None] if contract is None else [contract.pk, None]
    services = [None] if service is None else [service.pk, None]
    for contract_id in contracts:
        for service_id in services:
            if rules := catalogue().rules(contract_id, service_type.pk, service_id):
                ordered = sorted(
                    rules, key=lambda rule: (not rule.is_required, rule.document_type.sort, rule.sort)
                )
                return [AskedDocument(rule.document_type, rule.is_required) for rule in ordered]
    return []
