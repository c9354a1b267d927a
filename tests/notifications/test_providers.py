"""Each gateway against the double that speaks its protocol: what leaves, and what every error means."""

import pytest

from notifications.causes import Cause
from notifications.gateways import base, gateway, ghasedak, http, ippanel, kavenegar, melipayamak, smsir
from tests.notifications.conftest import NUMBER, PROVIDERS, TEMPLATES
from tests.sms_double import Answer

ERRORS = {
    "kavenegar": kavenegar.ERRORS,
    "smsir": smsir.ERRORS,
    "ghasedak": ghasedak.ERRORS,
    "melipayamak": melipayamak.ERRORS,
    "ippanel": {int(code): error for code, error in ippanel.ERRORS.items()},
}
# As the providers' pages list them; a code that loses its meaning in a gateway is found here.
DOCUMENTED = {
    "kavenegar": "400 401 402 403 404 405 406 407 409 411 412 413 414 416 417 418 419 422 424 426 428 430 "
    "431 432",
    "smsir": "0 10 11 12 13 14 15 16 20 101 102 103 104 105 106 113 114 115 116 117 123 124",
    "melipayamak": "0 2 3 4 5 6 7 9 10 11 12 14 15 16 17 18 35",
}
TEXT = base.Outgoing(NUMBER, "درخواست ثبت شد.\nلغو۱۱", "123456789012345")


def by_template(name):
    registered = TEMPLATES[name]
    names = [p if isinstance(p, str) else p[0] for p in registered["parameters"]]
    parameters = [(name, "4817203956") for name in names]
    return base.Outgoing(NUMBER, "متن", "123456789012346", registered["template"], parameters)


@pytest.fixture(params=PROVIDERS)
def provider(request, through):
    through(request.param)
    return gateway(request.param)


def test_a_text_reaches_the_provider_with_number_and_words(provider, double):
    number = provider.send(TEXT)
    [sent] = double.accepted
    assert (sent.provider, sent.text) == (provider.name, TEXT.text)
    assert sent.to in (NUMBER, "+989120000001")
    assert number.isdecimal() and len(number) > 10


def test_a_template_reaches_the_provider_with_its_values(provider, double):
    provider.send(by_template(provider.name))
    [sent] = double.accepted
    assert sent.template == TEMPLATES[provider.name]["template"]
    assert list(sent.parameters.values()) == ["4817203956"]
    assert sent.text == ""


@pytest.mark.parametrize("name", ["kavenegar", "ghasedak"])
def test_our_reference_goes_along_where_the_provider_takes_one(name, through):
    double = through(name)
    gateway(name).send(TEXT)
    assert double.accepted[0].reference == TEXT.reference


def test_every_documented_code_has_a_meaning():
    for name, codes in DOCUMENTED.items():
        assert set(map(int, codes.split())) == set(ERRORS[name]), name


@pytest.mark.parametrize(
    ("name", "code"), [(name, code) for name, errors in ERRORS.items() for code in errors]
)
def test_every_error_is_told_as_ours(name, code, through):
    double = through(name)
    double.will(name, Answer("code", code))
    error, cause = ERRORS[name][code]
    with pytest.raises(error) as raised:
        gateway(name).send(TEXT)
    assert raised.value.cause == cause
    assert raised.value.code.startswith(str(code))
    assert double.accepted == []


@pytest.mark.parametrize(
    ("name", "code", "kind"),
    [
        ("kavenegar", 411, base.Refused),
        ("smsir", 104, base.Refused),
        ("smsir", 115, base.Refused),
        ("melipayamak", 18, base.Refused),
        ("melipayamak", 35, base.Refused),
        ("kavenegar", 418, base.Unavailable),
        ("kavenegar", 409, base.Unavailable),
        ("smsir", 20, base.Unavailable),
        ("melipayamak", 2, base.Unavailable),
        ("kavenegar", 424, base.Unfit),
        ("smsir", 113, base.Unfit),
        ("melipayamak", 7, base.Unfit),
    ],
)
def test_only_a_fault_of_the_number_is_for_ever(name, code, kind):
    assert ERRORS[name][code][0] is kind


def test_a_short_value_with_a_good_status_is_still_an_error_of_melipayamak(through, monkeypatch):
    through("melipayamak")
    monkeypatch.setattr(http.HttpGateway, "call", lambda *_, **__: (200, {"Value": "35", "RetStatus": 1}))
    with pytest.raises(base.Refused) as raised:
        gateway("melipayamak").send(TEXT)
    assert raised.value.cause == Cause.BLOCKED


def test_a_server_error_was_certainly_not_accepted(provider, double):
    double.will(provider.name, Answer("status", 500), Answer("status", 503))
    for _ in range(2):
        with pytest.raises(base.Unavailable) as raised:
            provider.send(TEXT)
        assert raised.value.cause == Cause.SERVER


def test_a_refused_connection_was_certainly_not_accepted(provider, settings):
    settings.SMS_PROVIDERS[provider.name]["url"] = "http://127.0.0.1:1"
    with pytest.raises(base.Unavailable) as raised:
        provider.send(TEXT)
    assert raised.value.cause == Cause.UNREACHABLE


@pytest.mark.parametrize("accepts", [False, True], ids=["before-accepting", "after-accepting"])
@pytest.mark.parametrize("kind", ["hang", "drop"])
def test_silence_leaves_doubt_whether_it_was_accepted_or_not(
    provider, double, kind, accepts, impatient, eventually
):
    double.will(provider.name, Answer(kind, accepts=accepts))
    with impatient(), pytest.raises(base.Doubtful):
        provider.send(TEXT)
    eventually(lambda: double.seen)
    eventually(lambda: len(double.accepted) == accepts)


def test_an_unreadable_yes_leaves_doubt(provider, double):
    double.will(provider.name, Answer("garbage", accepts=True))
    with pytest.raises(base.Doubtful) as raised:
        provider.send(TEXT)
    assert raised.value.cause == Cause.GARBAGE


def test_a_page_of_html_with_an_error_status_was_not_accepted(provider, double):
    double.will(provider.name, Answer("status", 403))
    with pytest.raises(base.Unavailable):
        provider.send(TEXT)


def test_a_body_that_drips_does_not_hold_the_sender(provider, double, impatient):
    double.will(provider.name, Answer("drip"))
    with impatient(), pytest.raises(base.Doubtful) as raised:
        provider.send(TEXT)
    assert raised.value.cause == Cause.TIMEOUT


@pytest.mark.parametrize("body", [b"[]", b"null", b"{}", b'{"data": 1}', b'{"data": {"items": [3]}}', b"7"])
def test_json_of_another_shape_leaves_doubt(provider, double, body):
    double.will(provider.name, Answer("body", body, accepts=True))
    with pytest.raises(base.Doubtful):
        provider.send(TEXT)


def test_no_error_carries_the_key_or_the_number(provider, double, settings):
    settings.SMS_PROVIDERS[provider.name]["url"] = "http://127.0.0.1:1"
    with pytest.raises(base.GatewayError) as raised:
        provider.send(TEXT)
    assert "secret-key" not in repr(raised.value) and NUMBER not in repr(raised.value)
    assert raised.value.__suppress_context__


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        (
            "kavenegar",
            {1: "sent", 2: "sent", 4: "sent", 5: "sent", 6: "failed", 10: "delivered", 11: "failed"},
        ),
        ("kavenegar", {13: "failed", 14: "failed", 100: "unknown", 77: "unknown"}),
        (
            "smsir",
            {None: "sent", 1: "delivered", 2: "failed", 3: "sent", 4: "failed", 5: "sent", 6: "failed"},
        ),
        ("smsir", {7: "failed", 8: "unknown", 77: "unknown"}),
        ("melipayamak", {0: "sent", 8: "sent", 1: "delivered", 2: "failed", 3: "failed", 16: "failed"}),
        ("melipayamak", {9: "unknown", 100: "unknown", 77: "unknown"}),
    ],
)
def test_delivery_codes_become_our_states(name, codes, through):
    double = through(name)
    numbers = {str(5_000_000_000_000 + place): code for place, code in enumerate(codes)}
    double.known |= numbers
    told = gateway(name).statuses(list(numbers))
    assert [told[number].state for number in numbers] == list(codes.values())


@pytest.mark.parametrize("name", ["ghasedak", "ippanel"])
def test_what_a_provider_does_not_document_is_not_invented(name):
    for ask in (lambda g: g.statuses(["1"]), lambda g: g.balance(), lambda g: g.report({})):
        with pytest.raises(base.NotSupported):
            ask(gateway(name))


def test_only_kavenegar_tells_its_balance(through):
    through("kavenegar").known["balance"] = 740_000
    assert gateway("kavenegar").balance() == 740_000
    for name in ("smsir", "melipayamak"):
        with pytest.raises(base.NotSupported):
            gateway(name).balance()


def test_kavenegar_is_asked_by_our_own_reference(through):
    through("kavenegar")
    number = gateway("kavenegar").send(TEXT)
    assert gateway("kavenegar").status_by_reference(TEXT.reference) == (number, base.Status("sent", "5"))
    assert gateway("kavenegar").status_by_reference("999999999999999") is None


@pytest.mark.parametrize(
    ("name", "parameter", "value", "fits"),
    [
        ("kavenegar", "token", "4817203956", True),
        ("kavenegar", "token", "دو کلمه", False),
        ("kavenegar", "token10", "پنج کلمه با چهار فاصله", True),
        ("kavenegar", "token10", "این یکی پنج فاصله دارد آخر", False),
        ("kavenegar", "token", "", False),
        ("smsir", "NAME", "x" * 25, True),
        ("smsir", "NAME", "x" * 26, False),
        ("melipayamak", "x", "یک;دو", False),
        ("ippanel", "x", "هر چه باشد", True),
    ],
)
def test_values_that_a_template_cannot_carry_are_known_beforehand(name, parameter, value, fits):
    assert gateway(name).fits([(parameter, value)]) is fits
