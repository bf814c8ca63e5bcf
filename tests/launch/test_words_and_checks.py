"""The checks of ./test notice what they are there to notice."""

import ast
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from launch.checks import Step, run_static
from launch.environment import HOME, read_installation
from launch.punctuation import in_template, in_translation
from launch.translations import SOURCES, compile_catalogues, problems, template_to_python, update_catalogue

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=1; plural=0;\\n"

msgid "Known"
msgstr "已知"

msgid "Gone"
msgstr "没有了"

#, fuzzy
msgid "Unsure"
msgstr "不确定"

msgid "Empty"
msgstr ""
"""
CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
names = [_("Known"), _("Unsure"), _("Empty"), pgettext("verb", "Watch"), ngettext("one", "%(n)s many", 2)]
"""
PAGE = """{% load i18n %}
<p class="a" data-x='{"y": (1}'>{% translate "On a page" %} it's {{ x|default:_("A default") }}</p>
   {% blocktranslate trimmed with n=x %}
     Two
     lines {{ n }}
  {% endblocktranslate %}
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for name, content in (
        ("locale/zh_Hans/LC_MESSAGES/django.po", CATALOGUE),
        ("config/words.py", CODE),
        ("templates/page.html", PAGE),
    ):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_every_shortcoming_of_the_catalogue_is_named(house: Path) -> None:
    found = "\n".join(problems(house))
    for words in (
        "missing “Watch” (context verb) (used in config/words.py:3)",
        "missing “one” (used in config/words.py:3)",
        "missing “On a page” (used in templates/page.html:2)",
        "missing “A default” (used in templates/page.html:2)",
        "missing “Two lines %(n)s” (used in templates/page.html:",
        "“Gone” stands nowhere in the code",
        "“Unsure” is fuzzy",
        "“Empty” is not translated",
    ):
        assert words in found
    assert "Known" not in found


def test_a_half_width_sign_beside_chinese_is_named(house: Path) -> None:
    path = house / "locale/zh_Hans/LC_MESSAGES/django.po"
    path.write_text(CATALOGUE.replace("没有了", "没有了,都走了"), encoding="utf-8")
    (house / "templates/half.html").write_text(
        "{% load i18n %}\n<b>{{ name }}</b>: {{ said }}", encoding="utf-8"
    )
    found = "\n".join(problems(house))
    assert "half-width sign in “没有了,都走了”" in found
    assert "templates/half.html:2: half-width sign" in found


@pytest.mark.parametrize(
    ("words", "many"),
    [
        ("下次走访: 今天", 1), ("还有%(count)d户(待办)", 2), ("%(name)s: %(why)s", 1), ("已完成.", 1), ("好; 坏", 1),
        ("下次走访：今天（待办）", 0), ("用 round_half_up(算式, 位数)", 0), ("10:30，约 1,234.50 元", 0),
        ("见“./run”", 0),
    ],
)  # fmt: skip
def test_which_signs_of_a_translation_are_half_width(words: str, many: int) -> None:
    assert len(in_translation(words)) == many


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("{% translate 'Next' %}: {{ day }}", [1]),
        ("a\n{{ x }}</a>, <time>{{ y }}</time>", [2]),
        ("{{ x }} ({{ y }})", [1]),
        ("{% if more %}; {% endif %}", [1]),
        ("{% blocktranslate %}\n{{ x }}: a\n{% endblocktranslate %}\n: b", []),
        ("{{ x }}{% colon %}{{ y }}{% bracketed z %}", []),
        ("{{ hour }}:{{ minute }} <p style='a: b'>", []),
        ("{% comment %}{{ x }}: y{% endcomment %}", []),
    ],
)
def test_which_signs_of_a_template_are_half_width(text: str, lines: list[int]) -> None:
    assert list(in_template(text)) == lines


def test_the_catalogue_is_brought_to_the_code_and_stays_there(house: Path) -> None:
    update_catalogue(house)
    path = house / "locale/zh_Hans/LC_MESSAGES/django.po"
    first = path.read_bytes()
    with path.open("rb") as file:
        catalogue = read_po(file)
    assert catalogue.get("Known").string == "已知"  # type: ignore[union-attr]
    assert catalogue.get("Gone") is None
    update_catalogue(house)
    assert path.read_bytes() == first
    assert all("not translated" in line or "fuzzy" in line for line in problems(house))


def test_templates_keep_their_line_numbers() -> None:
    assert template_to_python(PAGE).count("\n") >= PAGE.count("\n")


def test_translations_are_compiled_again_only_when_they_change(
    house: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launch.environment.HOME", house)
    place = read_installation({})
    compile_catalogues(place)
    assert (house / "locale/zh_Hans/LC_MESSAGES/django.mo").stat().st_size > 50
    assert capsys.readouterr().err == "Compiling the translations.\n"
    compile_catalogues(place)
    assert capsys.readouterr().err == ""


def test_all_static_steps_run_although_one_fails(capsys: pytest.CaptureFixture[str]) -> None:
    steps = [
        Step("one", lambda: (True, "")),
        Step("two", lambda: (False, "why")),
        Step("three", lambda: (True, "")),
    ]
    assert run_static(steps) == ["two"]
    said = capsys.readouterr().err.splitlines()
    assert [line.split()[0] for line in said] == ["one", "two", "why", "three"]
    assert said[1].endswith("FAILED")


@pytest.mark.xdist_group("together")
def test_groups_of_tests_reach_xdist(request: pytest.FixtureRequest) -> None:
    """pytest and pytest-xdist may drift apart, and then all browsers would start at once without a word."""
    if hasattr(request.config, "workerinput"):
        assert request.node.nodeid.endswith("@together")


def test_the_launcher_imports_nothing_of_the_application() -> None:
    for path in (HOME / "launch").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in names} & set(SOURCES), path
