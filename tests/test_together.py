"""What stays on one line of a page."""

from __future__ import annotations

import re

import pytest

from briefings.templating import signs
from briefings.writers.body import body

MONTHS = ("January", "May")


def made(text: str) -> str:
    return body(text, lambda _: "", MONTHS).replace("\u00a0", "_")


def mark(kind: str, text: str) -> str:
    return f"{signs.MARK}{kind}{signs.TEXT}{text}{signs.UNMARK}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("on 7 May 2026 at 04:00 UTC+01:00", "on 7_May_2026 at 04:00_UTC+01:00"),
        ("40 GB and 7 tonnes, 3 m³, 2 mines", "40_GB and 7_tonnes, 3_m³,_2_mines"),
        ("55 to 80 per cent; 5 %", "55_to 80_per cent;_5_%"),
        ("for 40 000 people, 1 250 000 in all", "for 40_000_people, 1_250_000_in_all"),
        ("said I. Sand. The desk", "said I._Sand. The_desk"),
        ("9 km/h, 7 t", "9_km/h,_7_t"),
        ("Seven Kh-101 less six, T-90 tanks", "Seven Kh-101 less six, T-90_tanks"),
        ("at a dam (origin) · Mill Lane (the site)", "at a dam_(origin)_· Mill Lane (the_site)"),
    ],
)
def test_a_number_stays_with_its_unit(text: str, shown: str) -> None:
    assert made(text) == f"<p>{shown}</p>"


BEHIND = f"{mark('note', '[1]')}\u00a0{mark('grade', 'C3')} {mark('tlp', '(TLP:CLEAR)')}"
SPANS = (
    '<span class="note">[1]</span>_<span class="grade">C3</span> '
    '<span class="tlp">(TLP:CLEAR)</span>'
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"It was said. {BEHIND}", f'It was <span class="tied">said. {SPANS}</span>'),
        (f"A *b* {BEHIND} c", f'A <em>b</em> <span class="tied">{SPANS}</span> c'),
        (
            f"**A title** {BEHIND}",
            f'<strong>A</strong> <span class="tied"><strong>title</strong> {SPANS}</span>',
        ),
        (
            f"So {mark('grade', 'C3')} {mark('point', '(to: A)')} {mark('tlp', '(TLP:CLEAR)')}",
            (
                '<span class="tied">So <span class="grade">C3</span></span> <span class="tied">'
                '<span class="point">(to: A)</span> <span class="tlp">(TLP:CLEAR)</span></span>'
            ),
        ),
        (f"{'x' * 24} {BEHIND}", f'<span class="tied">{"x" * 24} {SPANS}</span>'),
        (f"{'x' * 25} {BEHIND}", f'{"x" * 25} <span class="tied">{SPANS}</span>'),
        (
            f"Said {mark('note', '(A post that is long; another)')}",
            'Said <span class="note long">(A post that is long;_another)</span>',
        ),
        (f"Said {mark('note', '[1]')}", '<span class="tied">Said <span class="note">[1]</span>'),
    ],
)
def test_a_source_stays_with_the_word_before_it(text: str, shown: str) -> None:
    found = re.sub(r"^<p>|</p>$", "", made(text))
    assert found.startswith(shown), found


def test_in_a_table_each_may_stand_alone() -> None:
    assert "tied" not in made(f"| A |\n| - |\n| said {BEHIND} |")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Nothing else is known here.", "Nothing else is known_here."),
        ("It was said *so* by them all.", "It was said <em>so</em> by them_all."),
        ("- in a list of some words", "in a list of some_words"),
        ("## A heading of some words", "A heading of some words"),
        ("This is incomprehensibilities", "is incomprehensibilities"),
        ("A responsibility notwithstanding", "A responsibility notwithstanding"),
        ("Alone", "Alone"),
        ("Two words", "Two_words"),
        (f"It was {mark('told', '(said: the General Staff)')}", "(said: the General_Staff)"),
        ("It was **said by all of them**", "said by all of_them"),
        (
            "Between [A1](https://a.org) and [B2](https://b.org).",
            '</a> <span class="tied">and <a href="https://b.org">B2</a></span>.',
        ),
        (
            "See [a page with a long name](https://a.org).",
            'See <a href="https://a.org">a page with a long name</a>.',
        ),
    ],
)
def test_the_last_word_of_a_block_is_not_left_alone(text: str, shown: str) -> None:
    assert f"{shown}<" in made(text)


def test_what_leads_in_is_not_broken_nor_begins_a_line_with_a_dot() -> None:
    assert "<em>Why_it_matters:</em>" in made(
        "Not known. *Why it matters:* It is so, at all events"
    )
    long = "*A whole sentence that is set off and ends so:*"
    assert "\u00a0" not in body(f"{long} It is so", lambda _: "").partition("</em>")[0]
    assert made("One or two · three *or* · four of all") == (
        "<p>One or two_· three <em>or</em>_· four of_all</p>"
    )


def test_a_short_name_in_code_is_not_broken_and_a_long_one_may_be() -> None:
    assert made("`vpn-7`") == '<p><code class="whole">vpn-7</code></p>'
    assert "whole" not in made(f"`{'x-' * 20}`")
