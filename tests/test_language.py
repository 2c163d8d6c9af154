"""The words of a language: all there, all used, and a wrong file an error at its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from briefings import language, pipeline
from briefings.errors import InvalidInput
from briefings.model import vocabulary
from briefings.model.dates import Edtf, Moment
from briefings.model.sections import SECTIONS
from briefings.model.sections.events import LINKS
from briefings.resources import Shelf, shipped
from tests.examples import EXAMPLES

if TYPE_CHECKING:
    from pathlib import Path

FILE = shipped("data") / "languages" / "en.yaml"
ENGLISH: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
TEMPLATES = {
    path.relative_to(shipped("templates")).as_posix(): path.read_text("utf-8")
    for path in sorted(shipped("templates").rglob("*.j2"))
}
SOURCE = "\n".join(TEMPLATES.values())
SAID = re.compile(r'\bsay\(\s*"(\w+)"')
PLACEHOLDER = re.compile(r"\{(\w+)\}")
# writers/page.py makes the page's number of the first, figures/map what is said
# below a map of the rest.
MAP = (
    "title",
    "place",
    "circle",
    "beyond",
    "outside",
    "aside",
    "stacked",
    "unnamed",
    "others",
    "scale",
    "disclaimer",
)
BY_CODE = {"page", "moved_title", *(f"map_{word}" for word in MAP)}


def used() -> set[str]:
    """Return the words that templates name, whether as a word or as a sentence."""
    return set(SAID.findall(SOURCE)) | set(re.findall(r"\bwords\.(\w+)", SOURCE)) - set(ENGLISH)


def test_every_word_is_used_and_every_used_word_is_there() -> None:
    words = set(ENGLISH["words"])
    assert words - used() - BY_CODE == set(), "no template says these"
    assert used() - words == set(), "these are not in en.yaml"


def test_groups_of_words_that_templates_name_are_there() -> None:
    groups = set(re.findall(r"\bwords\.(\w+)[.\[]", SOURCE))
    assert groups <= {name for name, value in ENGLISH.items() if isinstance(value, dict)}


def test_sentences_are_given_what_they_need_and_no_more() -> None:
    for name, text in TEMPLATES.items():
        for match in re.finditer(r'\bsay\(\s*"(\w+)"', text):
            given = re.findall(r"[(,] *(\w+)=(?!=)", _call(text, match.start()))
            wanted = PLACEHOLDER.findall(ENGLISH["words"][match[1]])
            assert sorted(given) == sorted(wanted), f"{name}: {match[1]}"


def _call(text: str, start: int) -> str:
    """Return a call from its name to its closing bracket, without the calls in it."""
    depth = 0
    kept = ""
    for character in text[text.index("(", start) :]:
        depth += character == "("
        kept += character if depth == 1 else ""
        depth -= character == ")"
        if not depth:
            break
    return kept


def test_words_for_values_are_those_of_the_model() -> None:
    lists = {
        "stance": vocabulary.Stance,
        "status": vocabulary.Status,
        "confidence": vocabulary.Confidence,
        "reliability": vocabulary.Reliability,
        "precision": vocabulary.Precision,
        "role": vocabulary.Role,
        "source_kind": vocabulary.SourceKind,
    }
    for group, values in lists.items():
        assert list(ENGLISH[group]) == [value.value for value in values], group
    assert list(ENGLISH["credibility"]) == list("123456")
    assert set(ENGLISH["sections"]) == set(SECTIONS)
    assert set(ENGLISH["links"]) == {name for name in LINKS if f'"{name}"' in SOURCE}
    assert set(ENGLISH["labels"]) <= {section.key for section in SECTIONS.values()}
    assert len(set(ENGLISH["labels"].values())) == len(ENGLISH["labels"])


DATES = {
    "2024": "2024",
    "2024-11": "November 2024",
    "2024-11-21": "21 November 2024",
    "2024-01-02": "2 January 2024",
    "0987-12-31": "31 December 987",
    "2024-11-21T05:07Z": "21 November 2024, 05:07 UTC",
    "2024-11-21T05:07+02:00": "21 November 2024, 05:07 UTC+02:00",
    "2024-11-21T05:07-03:30": "21 November 2024, 05:07 UTC-03:30",
    "2024-11-21~": "about 21 November 2024",
    "2024-11?": "November 2024 (uncertain)",
    "2024%": "about 2024 (uncertain)",
    "2024-11-19/2024-11-21": "19 to 21 November 2024",
    "2024-11-19~/2024-11-21": "about 19 November 2024 to 21 November 2024",
    "2024-11-19/2024-12-01": "19 November 2024 to 1 December 2024",
    "2023-11-19/2024-11-21": "19 November 2023 to 21 November 2024",
    "2024-11~/2024-12?": "about November 2024 to December 2024 (uncertain)",
    "../2024-11-19": "by 19 November 2024",
    "2024-11-19/..": "since 19 November 2024",
}


@pytest.mark.parametrize(("text", "said"), DATES.items())
def test_a_date_in_words(text: str, said: str) -> None:
    assert language.load("en", Shelf()).date(Edtf.parse(text)) == said


def test_moments_and_numbers_in_words() -> None:
    english = language.load("en", Shelf())
    assert english.moment(Moment.parse("2024-11-21T05:00Z")) == "21 November 2024, 05:00 UTC"
    found = [english.number(number) for number in (0, 999, 1000, 1234567)]
    assert found == ["0", "999", "1,000", "1,234,567"]
    assert english.direction == "ltr"


def changed(folder: Path, old: str, new: str) -> str:
    """Return what is said of our English with one change, as another language."""
    text = FILE.read_text("utf-8")
    assert old in text
    path = folder / "languages" / "xx.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(InvalidInput) as caught:
        language.load("xx", Shelf.at(folder))
    problem = caught.value.problems[0]
    assert len(caught.value.problems) == 1
    assert problem.file == str(path.resolve())
    assert problem.line
    assert problem.column
    return problem.message


WRONG = [
    ("direction: ltr", "", 'the word "direction" is missing'),
    ("direction: ltr", "direction: up", 'the direction of writing is "ltr" or "rtl"'),
    ("direction: ltr", "direction: [ltr]", "a word or a sentence is expected"),
    ("direction: ltr", "direction: ''", "a word or a sentence is expected"),
    (
        "asserts: said",
        "assert: said\n  asserts: said",
        'unknown key "assert"; did you mean "assert',
    ),
    ("\nname: English", "\nname: English\nfoo: bar", 'unknown key "foo"; known: name, direction'),
    ("  bottom_line: Bottom line\n", "", 'the word "bottom_line" is missing'),
    ("Published {date}", "Published", "the placeholders do not fit; expected: {date}"),
    ("Published {date}", "{day}", "the placeholders do not fit; expected: {date}"),
    ("Bottom line", "'{x}'", "the placeholders do not fit; expected: none"),
    ("Published {date}", "{date} {", 'a "{" or "}" stands outside a placeholder such as "{date}"'),
    ("Published {date}", "{date.x}", "the placeholders do not fit; expected: {date}"),
    ("January, ", "", "a list of 12 words is expected"),
    ("January, ", "[], ", "a word or a sentence is expected"),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_a_wrong_language(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert changed(tmp_path, old, new).startswith(said)


def test_a_group_that_is_none(tmp_path: Path) -> None:
    text = re.sub(
        r"^links:\n(  .*\n)+", "links: none\n", FILE.read_text("utf-8"), flags=re.MULTILINE
    )
    (tmp_path / "languages").mkdir()
    (tmp_path / "languages" / "xx.yaml").write_text(text, "utf-8")
    with pytest.raises(InvalidInput, match="a mapping of keys and words is expected"):
        language.load("xx", Shelf.at(tmp_path))


def test_an_unknown_language() -> None:
    with pytest.raises(InvalidInput, match=r'unknown language "qqq"; known: .*en'):
        language.load("qqq", Shelf())


@pytest.mark.parametrize("code", Shelf().stems("languages"))
def test_every_language_of_ours_is_whole(code: str) -> None:
    assert language.load(code, Shelf()).code == code


def test_no_template_lets_a_text_touch_a_letter_or_marks_of_its_own() -> None:
    """A text is escaped for where it stands; a letter or an asterisk beside it changes that.

    Lines, terms and numbers may stand in bold: no character of theirs has a meaning.
    """
    texts = r"(?:text|bluf|notice|series|descriptor|basis|reason|matters|suggests|description)"
    value = rf"(?!words\b)\w+(?:\.\w+)*\.{texts}\b[^}}]*"
    for name, source in TEMPLATES.items():
        if name.endswith(".html.j2"):
            continue
        printed = rf"\{{\{{-?\s*{value}-?\}}\}}"
        assert not re.search(rf"[*\w]{printed}|{printed}[*\w]", source), name
        bold = re.findall(r'"\*+[^"]*%s[^"]*\*+"\s*\|\s*format\(([^()]*)\)', source)
        assert not [said for said in bold if re.search(rf"\.{texts}\b", said)], name
    assert not re.search(r"\*\{\{ document\.title|\w\{\{ document\.title", SOURCE)


def test_a_colon_is_as_the_language_has_it() -> None:
    briefing = pipeline.load(EXAMPLES[0], ["language=fr"])
    for audience in ("analyst", "press"):
        brief = pipeline.view(briefing, audience)
        for form in ("md", "txt"):
            text = pipeline.render(brief, form).data.decode()
            assert text.count("\u202f:") > 9
            assert " : " not in text.replace("|", ""), "a line must not begin with it"
            assert "&#58;" not in text
    english = pipeline.render(pipeline.view(pipeline.load(EXAMPLES[0]), "press"), "md").data
    assert "\u202f:".encode() not in english
