"""Whatever is typed or forged at the door, the answer is a page with a sentence."""

import pytest

from tests.cast import PASSWORD

NONSENSE = {
    "10 kB": "x" * 10_000,
    "NUL": "a\x00b",
    "bidi": "\u202e0912\u202c",
    "emoji": "🦊" * 5,
    "HTML": "<script>alert(1)</script>",
    "SQL": "' OR 1=1; --",
    "wildcards": "%%_\\",
    "full width": "０９４２１８３６５７",
    "half a pair": "\ud83d".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
}
PAGES = {
    "/login/": [
        "national_id",
        "password",
        "membership_type",
        "captcha",
        "captcha_key",
        "is_remembered",
        "next",
    ],
    "/login/?code=sms": ["national_id", "password", "membership_type", "captcha"],
    "/login/code/": ["national_id", "membership_type"],
    "/password/forgot/": ["national_id", "membership_type", "captcha", "captcha_key"],
    "/password/new/": ["code", "password", "password_again", "resend"],
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(client, member):
    good = {
        "national_id": member.person.national_id,
        "membership_type": member.membership_type_id,
        "captcha": "PASSED",
    }
    client.post("/password/forgot/", good)
    return good | {"password": PASSWORD}


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
@pytest.mark.parametrize(
    ("address", "field"), [(address, field) for address, fields in PAGES.items() for field in fields]
)
def test_no_field_breaks_the_page(client, typed, address, field, nonsense):
    response = client.post(address, typed | {field: nonsense})
    assert response.status_code in {200, 302}
    if response.status_code == 302:
        assert response.url.startswith("/")
        assert "//" not in response.url
    else:
        assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_no_cookie_breaks_the_page(client, group_type, nonsense):
    # As a web server hands it on.
    told = nonsense.encode().decode("latin-1")
    client.cookies["browser"] = told
    client.cookies["session"] = told
    assert client.get("/login/").status_code == 200


@pytest.mark.parametrize("address", ["/captcha/x.png", "/captcha/x.wav", f"/captcha/{'x' * 5000}.png"])
def test_a_challenge_that_never_was_is_not_found(client, db, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [*PAGES, "/captcha/new/", "/session/keep/", "/logout/"])
def test_other_methods_are_refused(client, db, address):
    assert client.put(address).status_code == 405
    assert client.delete(address).status_code == 405
