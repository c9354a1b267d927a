"""The static files as they are served: put together, named by content, and light enough for a weak line."""

import pytest
from django.core.management import call_command
from django.test import override_settings

STORAGE = {
    "staticfiles": {"BACKEND": "portal.staticfiles.PortalStaticStorage"},
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
}
# What the login page asks for beside its own HTML and the picture of the security code.
FIRST_VISIT = ["css/portal.css", "js/portal.js", "icons.svg", "mark.svg"]
FONTS = ["fonts/vazirmatn-400.woff2", "fonts/vazirmatn-700.woff2"]


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root, STORAGES=STORAGE):
        from django.contrib.staticfiles.storage import staticfiles_storage

        call_command("collectstatic", interactive=False, verbosity=0)
        staticfiles_storage.hashed_files = staticfiles_storage.load_manifest()[0]
        yield root, staticfiles_storage.hashed_files


def served(collected, name, suffix=""):
    root, hashed = collected
    return (root / (hashed[name] + suffix)).read_bytes()


def test_the_members_stylesheet_is_one_file_without_comments(collected):
    css = served(collected, "css/portal.css").decode()
    assert "@import" not in css
    assert "/*" not in css
    assert ".field-label" in css


def test_the_fonts_it_names_are_the_named_by_content_ones(collected):
    css = served(collected, "css/portal.css").decode()
    _, hashed = collected
    for font in FONTS:
        assert hashed[font] in css


def test_modules_find_each_other_by_their_new_names(collected):
    script = served(collected, "js/portal.js").decode()
    _, hashed = collected
    assert hashed["js/rial.js"].removeprefix("js/") in script


def test_each_weight_of_the_font_stays_under_sixteen_kilobytes(collected):
    for font in FONTS:
        assert len(served(collected, font)) <= 16_000


def test_a_first_visit_leaves_room_for_the_page_and_the_security_code(collected):
    weight = sum(len(served(collected, name, ".br")) for name in FIRST_VISIT)
    weight += sum(len(served(collected, font)) for font in FONTS)
    assert weight <= 40_000


def test_the_pages_after_the_login_add_little(collected):
    assert len(served(collected, "css/member.css", ".br")) <= 4_050
