"""What is on offer: places, centres, services and their papers, contracts and their rules. Never who uses it."""

from catalog.models.centres import Branch, CentreType, CentreWord, MedicalCentre, Province
from catalog.models.contracts import Contract, Insurer, MembershipType, Plan
from catalog.models.services import (
    BaseInsurer,
    DocumentType,
    Reason,
    RequiredDocument,
    Service,
    ServiceType,
)
from catalog.models.version import CatalogueVersion

__all__ = [
    "BaseInsurer",
    "Branch",
    "CatalogueVersion",
    "CentreType",
    "CentreWord",
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
