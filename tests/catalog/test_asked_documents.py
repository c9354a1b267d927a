"""Which papers a claim asks for: the contract's own rules, then the service's, then the type's."""

import pytest

from catalog import tables
from catalog.models import DocumentType, RequiredDocument, Service, ServiceType
from catalog.rules import documents_for
from tests import cast


@pytest.fixture
def asked(shipped):
    def codes(service_type, service=None, contract=None, required=None):
        documents = documents_for(
            contract=contract,
            service_type=ServiceType.objects.get(code=service_type),
            service=service and Service.objects.get(code=service),
        )
        return [
            document.document_type.code
            for document in documents
            if required is None or document.is_required is required
        ]

    return codes


@pytest.fixture
def own_rule(shipped):
    def rule(contract, service_type, document, service=None, is_required=True):
        RequiredDocument.objects.create(
            contract=contract,
            service_type=ServiceType.objects.get(code=service_type),
            service=service and Service.objects.get(code=service),
            document_type=DocumentType.objects.get(code=document),
            is_required=is_required,
        )
        tables.forget()

    return rule


def test_a_service_type_asks_for_its_papers_required_ones_first(asked):
    assert asked("laboratory", required=True) == ["invoice", "physician_order", "report"]
    assert asked("laboratory")[:3] == ["invoice", "physician_order", "report"]
    assert asked("laboratory", required=False) == ["eprescription_printout", "base_insurer_statement"]


def test_a_service_with_rules_of_its_own_replaces_those_of_its_type(asked):
    assert asked("dental", required=True) == ["dental_invoice"]
    assert asked("dental", "dental_root_canal", required=True) == [
        "dental_invoice",
        "dental_xray_before",
        "dental_xray_after",
    ]


def test_a_service_without_rules_asks_for_what_its_type_asks(asked):
    assert asked("laboratory", "lab_hormone") == asked("laboratory")


def test_a_contracts_rule_comes_first(asked, own_rule):
    contract = cast.make_contract()
    own_rule(contract, "dental", "treatment_plan")
    assert asked("dental", contract=contract) == ["treatment_plan"]
    assert asked("dental", "dental_root_canal", contract=contract) == ["treatment_plan"]
    assert asked("dental") == ["dental_invoice", *asked("dental", required=False)]


def test_a_contracts_rule_for_a_service_comes_before_its_rule_for_the_type(asked, own_rule):
    contract = cast.make_contract()
    own_rule(contract, "dental", "treatment_plan")
    own_rule(contract, "dental", "dental_opg", service="dental_implant", is_required=False)
    assert asked("dental", "dental_implant", contract=contract, required=False) == ["dental_opg"]
    assert asked("dental", "dental_filling", contract=contract) == ["treatment_plan"]


def test_another_contract_knows_nothing_of_it(asked, own_rule):
    own_rule(cast.make_contract(), "dental", "treatment_plan")
    other = cast.make_contract("TEST-002")
    assert asked("dental", contract=other) == asked("dental")


def test_nothing_is_asked_before_a_type_is_chosen(shipped):
    assert documents_for(contract=None, service_type=None) == []


def test_asking_costs_no_statement(asked, shipped, django_assert_num_queries):
    dental = shipped.coded(ServiceType, "dental")
    with django_assert_num_queries(0):
        papers = documents_for(contract=None, service_type=dental)
        assert [paper.document_type.title for paper in papers][0] == "فاکتور دندان‌پزشکی"
