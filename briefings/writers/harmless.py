"""Whether a page that somebody's own templates made is one that does nothing but be read.

The page is read as a browser reads it. What is not known to be harmless is refused: an element, an
attribute that runs or fetches, an address that is not on the page, and numbers that no page needs.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from briefings.errors import InvalidInput, Problem, nearest
from briefings.writers import css as sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Where a link may lead: to the web, to a mailbox, or to a place on the page.
WEB = re.compile(r"(#|https?://|mailto:)[^\x00-\x20]*", re.IGNORECASE)
_WORDS = {
    "html": """html head meta title style body main div span p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd
        table caption colgroup col thead tbody tfoot tr th td a em strong b i u s small sub sup code
        pre kbd samp var blockquote q cite hr br wbr bdi bdo ruby rt rp section article header
        footer nav aside figure figcaption address abbr dfn time data mark ins del img details
        summary""",
    "svg": """svg g defs title desc path rect circle ellipse line polyline polygon text tspan
        textPath use symbol marker pattern mask clipPath linearGradient radialGradient stop
        image""",
    "fetching": """action archive attributename background begin cite classid codebase data
        http-equiv longdesc manifest ping poster profile rel srcdoc srcset usemap""",
    "sizes": """width height viewbox size x y r rx ry cx cy dx dy stroke-width stroke-dasharray
        font-size transform patterntransform""",
}
_HTML, _SVG, _FETCHING, _SIZES = (frozenset(words.split()) for words in _WORDS.values())
_SVG_NAMES = "{http://www.w3.org/2000/svg}"
_RUNNING = ("on", "form")  # what begins so is run or sent
_POLICY = "content-security-policy"
_COUNTS = ("colspan", "rowspan", "span", "start", "value", "border")
_PLACES = re.compile(r"#[^\x00-\x20]*")
_SOURCES = re.compile(r"data:(image/(png|gif|jpeg|webp)[;,][\x21-\x7e]*|,)", re.IGNORECASE)
_USED = re.compile(r"url\(\s*[\"']?#([^\s\"')]+)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
MAX_COUNT, MAX_SIZE, MIN_SIZE = 1_000, 100_000, 0.001
MAX_ELEMENTS, MAX_DEPTH, MAX_DRAWN, MAX_REASONS = 100_000, 150, 50_000, 50


def check(html: str, file: str) -> None:
    """Refuse a page that would run, fetch or read something, or that is too large.

    Raises:
        InvalidInput: with every reason.
    """
    import tinyhtml5  # noqa: PLC0415  # for templates of one's own alone

    root = tinyhtml5.parse(html, namespace_html_elements=False)
    said = dict.fromkeys(islice(reasons(root), MAX_REASONS))
    if said:
        raise InvalidInput([Problem(f"the page {one}", file) for one in said])


def reasons(root: Any, drawing: Sequence[str] = ()) -> Iterator[str]:  # noqa: ANN401
    """Yield why a page, or a drawing by itself, is not harmless.

    Args:
        root: its root, as ``ElementTree`` has it.
        drawing: elements that SVG may hold where it stands by itself.
    """
    elements = []
    waiting = [(root, 1)]
    while waiting:
        element, depth = waiting.pop()
        if not isinstance(element.tag, str):
            continue  # a comment
        elements.append(element)
        if depth > MAX_DEPTH or len(elements) > MAX_ELEMENTS:
            yield f"has over {MAX_ELEMENTS:,} elements, or over {MAX_DEPTH} in one another"
            return
        waiting += [(child, depth + 1) for child in reversed(element)]
    for element in elements:
        yield from _of_element(element, drawing)
    yield from _drawn_too_often(elements)


def _of_element(element: Any, drawing: Sequence[str]) -> Iterator[str]:  # noqa: ANN401
    svg = element.tag.startswith(_SVG_NAMES)
    name = element.tag.removeprefix(_SVG_NAMES)
    known = _SVG if svg else _HTML
    if name not in known and not (svg and name in drawing):
        yield f"cannot hold <{name}>{nearest(name, known)}"
        return
    if name == "style":
        yield from _of_style(element.text or "")
    for key, value in element.attrib.items():
        yield from _of_attribute(name, key.rpartition("}")[2].lower(), value, svg=svg)


def _of_attribute(name: str, key: str, value: str, *, svg: bool) -> Iterator[str]:
    policy = key == "http-equiv" and value.lower() == _POLICY
    if key.startswith(_RUNNING) or (key in _FETCHING and not policy):
        yield f'cannot hold the attribute "{key}"'
    elif key in ("href", "src"):
        fit = _SOURCES if key == "src" or name == "image" else _PLACES if svg else WEB
        if not fit.fullmatch(value):
            yield f'asks for "{value[:80]}": nothing is fetched but pictures in data: addresses'
    elif key == "style" or "url" in value.lower() or "\\" in value:
        yield from _of_style(value)
    if key in _COUNTS and any(abs(number) > MAX_COUNT for number in _numbers(value)):
        yield f"has {key}={value[:20]}; {MAX_COUNT:,} is the most"
    if key in _SIZES and any(_no_size(number) for number in _numbers(value)):
        yield f"has {key}={value[:20]}; sizes are from {MIN_SIZE} to {MAX_SIZE:,}"


def _of_style(css: str) -> Iterator[str]:
    try:
        yield from (f"has a style in which {p.message}" for p in sheets.problems(css, ""))
    except RecursionError:
        yield "has a style that is nested too deep"


def _numbers(value: str) -> list[float]:
    return [float(number) for number in _NUMBER.findall(value)]


def _no_size(number: float) -> bool:
    return abs(number) > MAX_SIZE or 0 < abs(number) < MIN_SIZE


def _drawn_too_often(elements: list[Any]) -> Iterator[str]:
    """Yield a reason where pieces of drawings that use one another are very many when drawn."""
    named = {element.get("id"): element for element in elements if element.get("id")}
    drawn: dict[Any, int] = {}

    def count(element: Any) -> int:  # noqa: ANN401
        if element not in drawn:
            drawn[element] = MAX_DRAWN + 1  # what uses itself is drawn without end
            total = 1 + sum(count(child) for child in element if isinstance(child.tag, str))
            for times, target in _used(element):
                total += times * count(named[target]) if target in named else 0
            drawn[element] = min(total, MAX_DRAWN + 1)
        return drawn[element]

    try:
        many = any(count(e) > MAX_DRAWN for e in elements if e.tag == f"{_SVG_NAMES}svg")
    except RecursionError:
        many = True
    if many:
        yield f"has a drawing of more than {MAX_DRAWN:,} pieces, or one that uses itself"


def _used(element: Any) -> Iterator[tuple[int, str]]:  # noqa: ANN401
    """Yield the ids of what a piece of a drawing uses, with how often."""
    corners = 1 + len(element.get("d", "") + element.get("points", "")) // 4
    for key, value in element.attrib.items():
        name = key.rpartition("}")[2].lower()
        times = corners if "marker" in name or "marker" in value else 1
        if name == "href" and value.startswith("#"):
            yield 1, value[1:]
        yield from ((times, found) for found in _USED.findall(value))
