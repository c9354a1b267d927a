"""Templates lose what only their writer sees; the words of a page stay apart."""

from django.template import Engine

from portal.templates import Loader


def squeezed(tmp_path, text: str) -> str:
    (tmp_path / "page.html").write_text(text)
    loader = Loader(Engine.get_default(), [tmp_path])
    return loader.get_template("page.html").source


def test_indentation_and_lines_of_tags_do_not_travel(tmp_path):
    text = (
        "<ul>\n  {% for one in all %}\n\n    {% if one %}{# why #}\n      <li>{{ one }}</li>\n"
        "    {% endif %}\n  {% endfor %}\n</ul>\n"
    )
    assert squeezed(tmp_path, text) == (
        "<ul>\n{% for one in all %}{% if one %}{# why #}<li>{{ one }}</li>\n{% endif %}{% endfor %}</ul>\n"
    )


def test_what_draws_keeps_its_line(tmp_path):
    text = "<b>a</b>\n{% if more %}\n<b>b</b>\n{% endif %}\n{{ c }}\n{% include 'd.html' %}\n{% url 'home' %}\ne\n"
    assert squeezed(tmp_path, text) == (
        "<b>a</b>\n{% if more %}<b>b</b>\n{% endif %}{{ c }}\n{% include 'd.html' %}\n{% url 'home' %}\ne\n"
    )
