"""What is on offer: places, centres, services and their papers, contracts and their rules. Never who uses it."""

from catalog.models.centres import Branch, CentreType, MedicalCentre, Province
from catalog.models.contracts import Contract, Insurer, MembershipType, Plan
from catalog.models.services import (
    BaseInsurer,
    DocumentType,
    Reason,
    RequiredDocument,
    Service,
    ServiceType,
)

__all__ = [
    "BaseInsurer",
    "Branch",
    "CentreType",
    "Contract",
    "DocumentType",
    "Insurer",
    "MedicalCentre",
    "MembershipType",
    "Plan",
    "Province",
    "Reason",
    "RequiredDocument",
    "Service",
    "ServiceType",
]
