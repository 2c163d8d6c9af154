"""Templates: the user's own first, strict, and each mistake a sentence at its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from markdown import markdown
from markdown_it import MarkdownIt

from briefings import templating
from briefings.templating import signs
from briefings.templating.missing import WITHOUT_CONTEXT
from tests.rendering import YAML, brief, marked, put, sentences

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "{id: wire, title: 'A [b]|', type: news, reliability: B, url: 'http://a/_b_(c)'}"
PLACE = "briefing.md.j2:1: "
NOTHING = '"{0}" may be nothing, as here; ask for it first: {{% if {0} %}}'


def test_a_template_of_ones_own_comes_before_ours(tmp_path: Path) -> None:
    put(tmp_path, {"templates/sections/chain.md.j2": "Mine: {{ document.title }}"})
    found = templating.strip(brief(tmp_path).marked)
    assert "## Chain of events\n\nMine: A *strike*\n" in found
    assert "## Who says what\n\n| About" in found, "the others are ours"


def test_a_section_of_ones_own_may_include_ours(tmp_path: Path) -> None:
    text = 'Before.\n\n{% include "sections/chain.md.j2" %}\n'
    assert "**A fire**" in marked(tmp_path, text).partition("Before.")[2]


@pytest.mark.parametrize("name", ["/etc/passwd", "../brief.yaml", "sections/../../brief.yaml", ""])
def test_no_file_outside_the_folders_is_a_template(tmp_path: Path, name: str) -> None:
    found = sentences(tmp_path, f'{{% include "{name}" %}}')
    assert found[0].startswith(f'{PLACE}there is no template "{name}"')


def test_a_link_out_of_the_folder_is_no_template(tmp_path: Path) -> None:
    own = tmp_path / "own"
    put(own, {"templates/briefing.md.j2": '{% include "secret.md.j2" %}'})
    secret = tmp_path / "secret"
    secret.write_text("a secret")
    (own / "templates" / "secret.md.j2").symlink_to(secret)
    found = sentences(own, '{% include "secret.md.j2" %}')
    assert found[0].startswith(f'{PLACE}there is no template "secret.md.j2"')
    assert 'mean "secret' not in found[0]


def test_a_link_out_of_the_folder_does_not_hide_ours(tmp_path: Path) -> None:
    put(tmp_path, {"secret": "a secret", "own/templates/x.md.j2": ""})
    (tmp_path / "own" / "templates" / "briefing.md.j2").symlink_to(tmp_path / "secret")
    found = brief(tmp_path / "own").marked
    assert "a secret" not in found
    assert "# A *strike*" in found


def test_a_link_inside_the_folder_is_one(tmp_path: Path) -> None:
    put(tmp_path, {"templates/other.md.j2": "linked"})
    (tmp_path / "templates" / "link.md.j2").symlink_to("other.md.j2")
    assert marked(tmp_path, '{% include "link.md.j2" %}') == "linked\n"


STRICT = {
    "{{ documents.title }}": 'there is no "documents"; did you mean "document"?',
    "{{ nothing_like_it }}": 'there is no "nothing_like_it"',
    "{{ document.titel }}": '"document" has no "titel"; did you mean "title"?',
    '{{ document["event"] }}': '"document" has no "event"; did you mean "events"?',
    '{{ document["events"][0].claim }}': '"event" has no "claim"; did you mean "claims"?',
    "{{ document.reader.zzz }}": '"reader" has no "zzz"; known: description, kind, name, ref',
    "{% if document.titel %}{% endif %}": '"document" has no "titel"; did you mean "title"?',
    "{% for x in document.titel %}{% endfor %}": (
        '"document" has no "titel"; did you mean "title"?'
    ),
    "{{ words.sectr }}": '"words" has no "sectr"; did you mean "sector"?',
    "{{ words.sections.chian }}": 'the mapping has no "chian"; did you mean "chain"?',
    "{{ document.title.text }}": 'a text has no "text"; print it as it is',
    "{{ document.as_of.year }}": 'a term has no "year"; print it as it is',
    "{{ document.as_of.tokn }}": 'a term has no "tokn"; did you mean "token"?',
    "{{ document.issue }}": NOTHING.format("document.issue"),
    "{{ document.issue | default(none) }}": "nothing is printed here",
    '{{ document["events"][0].text }}': NOTHING.format('document["events"][0].text'),
    '{{ "No. " ~ document.issue }}': NOTHING.format("document.issue"),
    '{{ "No. %s" | format(document.issue) }}': "nothing is printed here",
    '{{ [document.issue] | join(", ") }}': "nothing is printed here",
    "{{ document.issue | string }}": "nothing is printed here",
    "{{ document.issue | sentence }}": "nothing is printed here",
    '{{ mark("x", document.issue) }}': "nothing is printed here",
    '{{ say("for", reader=document.issue) }}': "nothing is printed here",
    "{{ 1 == 1 }}": "yes or no is printed here",
    '{{ document["events"] }}': (
        '"document["events"]" is printed here: a list; go through it with {% for %}'
    ),
    "{{ document.graded }}": '"document.graded" is printed here: yes or no',
    "{{ [1, 2] }}": "a list is printed here; go through it with {% for %}",
    "{{ range(3) }}": "a list is printed here; go through it with {% for %}",
    "{{ document.reader }}": (
        'the whole of "reader" is printed here; name one of: description, kind, name, ref'
    ),
    '{{ "%s" | format(document.reader) }}': (
        'the whole of "reader" is printed here; name one of: description, kind, name, ref'
    ),
    "{{ words.precision }}": (
        '"words.precision" is printed here: a mapping; name one of: exact, city, region, country'
    ),
    '{{ say("sed") }}': 'there are no words "sed"; did you mean "stated"?',
    '{{ say("for") }}': 'the words "for" need "reader"',
    '{% include "sections/chian.md.j2" %}': (
        'there is no template "sections/chian.md.j2"; did you mean "sections/chain.md.j2"?'
    ),
    '{% extends "zzz" %}': 'there is no template "zzz"',
    '{% from "zzz" import x %}': 'there is no template "zzz"',
    '{% from "parts.md.j2" import zzz %}{{ zzz() }}': (
        '"parts.md.j2" has no "zzz" to import; known: answered, cite, graded, half, inner, '
        "label, listed, marked, named, next, number_or_none, numbers, outlets, points, spoken, "
        "statuses, tokens, voice, voices"
    ),
    "{{ document.title }": '"}" is not expected here; "}}" ends what "{{" has begun',
    "{% if %}": 'a value is expected, "%}" was found',
    "{{ 1 + (2 }}": '")" is expected, "}" was found',
    "{% 5 %}": "tag name expected",
    "{% foo %}": 'there is no tag "foo"; did you mean "for"?',
    "{% for x in [] %}": "{% for %} is never closed; {% endfor %} is missing",
    "{% endfor %}": "{% endfor %} stands alone: no {% for %} is open",
    '{% call block("x") %}{% endfor %}': (
        "{% endfor %} does not fit: {% call %} of line 1 is open; close it first with {% endcall %}"
    ),
    '{{ "a" | zzz }}': 'there is no filter "zzz"',
    '{{ "a" is zzz }}': 'there is no test "zzz"',
    "{{ 1 / 0 }}": "division by zero",
    "{{ document.title() }}": "a text cannot be called",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}": (
        "a macro or a block calls itself without end"
    ),
    '{{ block("No Name") }}': ('"No Name" is not a name of lower-case letters, digits and hyphens'),
}


@pytest.mark.parametrize(("template", "said"), STRICT.items())
def test_a_mistake_in_a_template_is_a_sentence(tmp_path: Path, template: str, said: str) -> None:
    assert sentences(tmp_path, template) == [PLACE + said]


def test_the_place_is_that_of_the_template_at_fault(tmp_path: Path) -> None:
    part = "\n\n{{ document.titel }}"
    found = sentences(tmp_path, '\n{% include "part.md.j2" %}', part=part)
    assert found == ['part.md.j2:3: "document" has no "titel"; did you mean "title"?']


def test_the_place_is_that_of_the_macro_at_fault(tmp_path: Path) -> None:
    macro = "{% macro f() %}\n{{ x }}\n{% endmacro %}"
    text = '{% from "part.md.j2" import f with context %}\n{{ f() }}'
    assert sentences(tmp_path, text, part=macro) == ['part.md.j2:2: there is no "x"']


def test_the_place_is_that_of_the_wrong_syntax(tmp_path: Path) -> None:
    wrong = "a\nb\n{% wrong %}"
    found = sentences(tmp_path, '{% include "part.md.j2" %}', part=wrong)
    assert found[0].startswith('part.md.j2:3: there is no tag "wrong"; known: block, call')


def test_an_import_without_context_says_what_to_write(tmp_path: Path) -> None:
    macro = "{% macro f() %}{{ 5 }}{% endmacro %}"
    found = sentences(tmp_path, '{% from "part.md.j2" import f %}{{ f() }}', part=macro)
    assert found == [PLACE + WITHOUT_CONTEXT]
    inner = '{% from "part.md.j2" import f with context %}{% macro g() %}{{ f() }}{% endmacro %}'
    text = '\n{% from "inner.md.j2" import g %}\n{{ g() }}'
    found = sentences(tmp_path, text, part=macro, inner=inner)
    assert found == [f"briefing.md.j2:2: {WITHOUT_CONTEXT}"]
    macro = "{% macro f() %}{{ document.title }}{% endmacro %}"
    found = sentences(tmp_path, text, part=macro, inner=inner)
    assert found == [f"briefing.md.j2:2: {WITHOUT_CONTEXT}"]


def test_a_template_that_is_no_text_or_too_large(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    file = tmp_path / "templates" / "part.md.j2"
    file.write_bytes(b"\xff")
    include = '{% include "part.md.j2" %}'
    assert sentences(tmp_path, include) == ["part.md.j2: the template is not UTF-8"]
    file.write_text("a" * 200_001)
    assert sentences(tmp_path, include) == ["part.md.j2: the file is over 200 kB"]


def test_values_are_printed_as_a_reader_needs_them(tmp_path: Path) -> None:
    text = (
        "{{ 12345 }} {{ 1.50 }} {{ document.marking }} {{ document.as_of }} {{ words.sector }}"
        '{{ " " ~ 12345 }} {{ mark("x", 12345) }} {{ "a%s" | format(document.title) }}'
        ' {{ [document.title, 1] | join("; ") }} {{ say("for", reader=document.title) }}'
    )
    assert templating.strip(marked(tmp_path, text)) == (
        "12,345 1.5 TLP:GREEN 21 November 2024 Sector 12,345 12,345 aA *strike*"
        " A *strike*; 1 For: A *strike*\n"
    )


def test_the_signs_for_the_page() -> None:
    assert signs.target("E2.1") == signs.target("e2-1") == "e2-1"
    for made in (signs.mark("x", "a|b"), signs.anchor("E1", "a|b"), signs.to("E1", "a|b")):
        assert templating.strip(made) == "a|b\n"
    nested = signs.mark("x", signs.anchor("y", signs.to("z", "text")))
    assert templating.strip(nested) == "text\n"
    assert signs.sentence("élan") == "Élan"
    assert signs.sentence("") == ""
    assert signs.tidy("\n\na  \n\n\n\nb\t\n") == "a\n\nb\n"


BLOCKS = """{% call block("one") %}
A.
{% call block("two") %}
B.
{% endcall %}
{% endcall %}
C.
"""
ITEMS = """{% call item("-") %}
A

{% call item(12) %}
B

C
{% endcall %}
{% endcall %}
{% call item("-") %}
{% call block("x") %}
D
{% endcall %}
{% endcall %}
"""


def test_blocks_leave_nothing_in_markdown(tmp_path: Path) -> None:
    assert templating.strip(marked(tmp_path, BLOCKS)) == "A.\n\nB.\n\nC.\n"


def test_items_are_indented_as_all_renderers_read(tmp_path: Path) -> None:
    found = templating.strip(marked(tmp_path, ITEMS))
    assert found == "-   A\n\n    12. B\n\n        C\n\n-   D\n"


NUMBERED = """{% call item(N) %}
A

B

{% call item("-") %}
C

D
{% endcall %}
{% endcall %}
{% call item(N + 1) %}
E
{% endcall %}
"""


@pytest.mark.parametrize("number", [1, 9, 10, 99, 100, 1000])
def test_an_item_of_any_number_holds_all_that_stands_in_it(tmp_path: Path, number: int) -> None:
    found = templating.strip(marked(tmp_path, NUMBERED.replace("N", str(number))))
    for render in (MarkdownIt("commonmark").render, markdown):
        html = re.sub(r"\s+|</?p>", "", re.sub(' start="[0-9]+"', "", render(found)))
        assert html == "<ol><li>AB<ul><li>CD</li></ul></li><li>E</li></ol>"


def test_a_link_is_made_of_a_text_and_an_address(tmp_path: Path) -> None:
    text = "{% for s in document.sources %}{{ s.title | linked(s.url) }}{% endfor %}"
    put(tmp_path, {"templates/briefing.md.j2": text})
    yaml = f"{YAML}sources:\n  - {SOURCE}\n".replace("burned.}", "burned., via: [wire]}")
    assert brief(tmp_path, yaml, "analyst").marked == r"[A \[b\]\|](http://a/_b_%28c%29)" + "\n"


def test_all_that_is_wrong_is_told_in_one_run(tmp_path: Path) -> None:
    text = "{{ document.titel }}\n{{ docment }}\n{{ figure() }}\n{{ say('abuot') }}\n"
    found = sentences(tmp_path, text)
    assert [said.partition(": ")[0] for said in found] == [
        f"briefing.md.j2:{line}" for line in (1, 2, 3, 4)
    ]


def test_what_is_too_much_is_run_once(tmp_path: Path) -> None:
    text = "{% for i in range(99999) %}{% for j in range(99999) %}"
    with patch("briefings.templating.note_all", side_effect=AssertionError):
        (said,) = sentences(tmp_path, f"{text}{{% endfor %}}{{% endfor %}}")
    assert "far more than this briefing needs" in said
