"""What a password must be, and how it is kept."""

import time

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from members.models import User


@pytest.fixture
def owner():
    return User(username="group:0942183657", mobile="09121234567")


def codes_of(password, user=None):
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {each.code for each in error.error_list}
    return set()


@pytest.mark.parametrize("password", ["Quiet-river-27", "x~!@#$%^&*()_+|", "a1" * 64])
def test_printable_ascii_of_ten_to_128_is_taken(owner, password):
    assert codes_of(password, owner) == set()


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short-one", "password_too_short"),
        ("a1" * 64 + "b", "password_too_long"),
        ("رودخانه‌آرام۲۷", "password_keyboard"),
        ("Quiet-river-۲۷", "password_keyboard"),
        ("Quiet river 27", "password_space"),
        ("Quiet-river\x00", "password_keyboard"),
        ("1234567890", "password_too_common"),
        ("QWERTYUIOP", "password_too_common"),
        ("0942183657", "password_is_yours"),
        ("09121234567", "password_is_yours"),
        ("+989121234567", "password_is_yours"),
        ("00989121234567", "password_is_yours"),
        ("0912-123-4567", "password_is_yours"),
    ],
)
def test_others_are_refused(owner, password, code):
    assert code in codes_of(password, owner)


def test_a_persian_keyboard_is_named_as_the_cause():
    with pytest.raises(ValidationError) as refusal:
        validate_password("رودخانه‌آرام۲۷")
    assert "زبان صفحه‌کلید را بررسی کنید" in refusal.value.messages[0]


def test_passwords_are_kept_with_argon2_of_the_agreed_size(settings):
    settings.PASSWORD_HASHERS = ["members.passwords.Argon2"]
    encoded = make_password("Quiet-river-27")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password("Quiet-river-27", encoded)


def test_an_older_hash_is_renewed_at_the_next_login(settings):
    settings.PASSWORD_HASHERS = [
        "members.passwords.Argon2",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    older = make_password("Quiet-river-27", hasher="pbkdf2_sha256")
    renewed = []
    assert check_password("Quiet-river-27", older, renewed.append)
    assert renewed == ["Quiet-river-27"]


def test_ten_kilobytes_are_judged_at_once(owner):
    began = time.perf_counter()
    assert "password_too_long" in codes_of("x" * 10_000, owner)
    # What compares them letter by letter with a list would not be done in minutes.
    assert time.perf_counter() - began < 30
