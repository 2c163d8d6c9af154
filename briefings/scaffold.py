"""A new workspace, and what is new in one; nothing that is there is overwritten unasked."""

from __future__ import annotations

import json
import os
import re
import textwrap
from typing import TYPE_CHECKING

from briefings import audience as audiences
from briefings import catalogue, files, schema
from briefings.audience import BASE_THEME, sections
from briefings.errors import InvalidInput, Problem, misspelt, nearest, unknown
from briefings.model.fields import is_slug
from briefings.model.inline import Inline
from briefings.model.sections import SECTIONS
from briefings.resources import Shelf, shipped, shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TEMPLATE = re.compile(r"([a-z0-9]+([_-][a-z0-9]+)*/)*[a-z0-9]+([_-][a-z0-9]+)*\.(md|html|svg)\.j2")
_PLAIN = re.compile(r"(?i:(?!(true|false|null)$))[A-Za-z]([\w /+.,-]|:(?=\w))*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ROOT = re.compile(r"^:root \{\n.*?^\}\n", re.DOTALL | re.MULTILINE)

# What an audience may state, each with what it means.
MEANING = {
    "name": "what the brief calls its reader: it stands in the head of the page",
    "reader": "who that is, for you; it does not stand on the page",
    "ceiling": "the highest marking that they may see; what is above is gone",
    "sections": "what they get, in this order; what has no content is left out. One of your own is "
    "begun by `briefings new template sections/NAME.md.j2`, which tells the rest. There are:",
    "headings": "what sections are called, where it is not as the language has it",
    "sourcing": 'how much of the sourcing: none, inline, or annex (with the section "sources")',
    "pages": "how many pages a PDF may have; a longer one is refused",
    "theme": "a theme, or a list of them, each laid over those before it",
    "paper": "A4, letter, or a size of your own such as 90mm x 160mm",
    "worldview": "whose borders a map shows: un or ne",
    "language": "the language of the words around the text, where it is not the briefing's",
}
_EXAMPLES = {
    "pages": "2",
    "language": "fr",
    "headings": "{%s: Another heading}",
}  # of what most audiences do not state


def init(folder: Path, *, force: bool = False) -> list[Path]:
    """Make a workspace with a first briefing.

    Raises:
        InvalidInput: one of its files is there already, or cannot be written.
    """
    starter = shipped("data") / "starter" / "workspace"
    found = sorted(path for path in starter.rglob("*") if path.is_file())
    data = {path.relative_to(starter).as_posix(): path.read_bytes() for path in found}
    data |= schema.copies()
    return _write(folder, data, force=force)


def briefing(root: Path, name: str, day: str, *, force: bool = False) -> Path:
    """Make a briefing that is sound, and tells what belongs where.

    Args:
        root: the workspace.
        name: its id.
        day: the day that it is of, unless its id begins with one.
        force: whether one that is there is overwritten.

    Raises:
        InvalidInput: the id is none, or there is such a briefing.
    """
    _named("briefing", name)
    text = catalogue.read(shipped("data") / "starter" / "briefing.yaml")
    dated = _DAY.match(name)
    title = _words(name[dated.end() if dated else 0 :].strip("-_.") or name)
    text = text.replace("__DATE__", dated[0] if dated else day)
    text = text.replace("__TITLE__", title)
    data = {f"data/{name}.yaml": text.encode(), **_lacking(root)}
    return _write(root, data, force=force)[0]


def _words(name: str) -> str:
    """Return the words of a name as YAML: ``Harbour fire`` for ``harbour-fire``."""
    words = re.sub(r"[-_.]+", " ", name)
    return _value(f"{words[0].upper()}{words[1:]}")


def audience(root: Path, name: str, base: str, *, force: bool = False) -> Path:
    """Make an audience that extends another, with all that it may state and what that means.

    Raises:
        InvalidInput: the name is none, there is no such base, or there is such an audience.
    """
    _named("audience", name)
    shelf = Shelf.at(root)
    one = audiences.load(base, shelf)
    lines = [schema.line("audience")]
    lines += [f"# {line}" for line in _SAID.format(name=name, base=base).splitlines()]
    lines += [f"extends: {base}", ""]
    for key, meaning in MEANING.items():
        said = f"{meaning[0].upper()}{meaning[1:]}{'' if meaning[-1] == ':' else '.'}"
        lines += [f"# {line}" for line in textwrap.wrap(said, 94)]
        if key == "sections":
            listed = textwrap.wrap(f"{', '.join(sections.known(shelf))}.", 90)
            lines += [f"# {line}" for line in listed]
        value = _value(getattr(one, key)) or _EXAMPLES.get(key, "").replace("%s", one.sections[0])
        lines += [f"name: {_words(name)}" if key == "name" else f"# {key}: {value}", ""]
    text = "\n".join(lines).rstrip() + "\n"
    data = {f"audiences/{name}.yaml": text.encode(), **_lacking(root)}
    return _write(root, data, force=force)[0]


_SAID = """The audience "{name}": it is as "{base}" is, but for what is stated here.
Take the "#" away from a line that is to be otherwise, and change it.
briefings render -a {name}"""


def _value(value: object) -> str:
    """Return a value as YAML; nothing where there is none."""
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    if isinstance(value, dict):
        entries = [f"{key}: {_value(inner)}" for key, inner in value.items()]
        return f"{{{', '.join(entries)}}}" if entries else ""
    if isinstance(value, int):
        return str(value)
    text = value.source if isinstance(value, Inline) else str(getattr(value, "value", value or ""))
    return text if _PLAIN.fullmatch(text) or not text else json.dumps(text, ensure_ascii=False)


def template(root: Path, name: str, base: str = "", *, force: bool = False) -> Path:
    """Make a template that is a copy of another, or begin a section that nobody has yet.

    Args:
        root: the workspace.
        name: the new one's, such as ``sections/chain.md.j2``. A bare name, such as ``losses``, has
            its folder and its ending of *base*, or of the one that is called so.
        base: the one that is copied; without it, that of the same name.
        force: whether one that is there is overwritten.

    Raises:
        InvalidInput: the name is none, there is no such base, or there is such a template.
    """
    shelf = Shelf.at(root)
    known = [item for item in catalogue.names(shelf) if item.endswith(".j2")]
    alike = [item for item in known if _stem(item) == base]
    base = alike[0] if len(alike) == 1 else catalogue.full(base, known) if base else ""
    name = _template_name(name.removeprefix("templates/"), base, known)
    if not base and _is_new_section(name, known):
        return _section(root, name, force=force)
    base = base or f"templates/{name}"
    source = catalogue.original(base, shelf, root / "templates" / name)
    if source is None:
        plain = [one.removeprefix("templates/") for one in known]
        raise InvalidInput.of(_or_of_ones_own(unknown("template", name, plain)))
    if name.rpartition(".md.j2")[1] != source.name.rpartition(".md.j2")[1]:
        raise InvalidInput.of(f'"{name}" and "{source.name}" have not the same ending')
    text = catalogue.header(source, base.removeprefix("templates/"), name) + catalogue.bare(
        catalogue.read(source)
    )
    return _write(root, {f"templates/{name}": text.encode()}, force=force)[0]


def _is_new_section(name: str, known: list[str]) -> bool:
    """Whether this is a section that nobody has, and not one of those with a slip in its name."""
    stem = name.removeprefix("sections/").removesuffix(sections.SUFFIX)
    named = name == f"sections/{stem}{sections.SUFFIX}" and sections.is_name(stem)
    return named and f"templates/{name}" not in known and not misspelt(stem, SECTIONS)


def _section(root: Path, name: str, *, force: bool) -> Path:
    """Begin a section of one's own, which tells how an audience names it."""
    stem = _stem(name)
    text = catalogue.read(shipped("data") / "starter" / "section.md.j2")
    text = text.replace("__NAME__", stem).replace("__HEADING__", _words(stem))
    return _write(root, {f"templates/{name}": text.encode()}, force=force)[0]


def _template_name(name: str, base: str, known: list[str]) -> str:
    if "/" not in name and "." not in name:
        alike = [base] if base else [one for one in known if _stem(one) == name]
        if len(alike) > 1:
            said = " or ".join(one.removeprefix("templates/") for one in alike)
            raise InvalidInput.of(f'there are several that are called "{name}": {said}')
        if alike:
            place, _, file = alike[0].removeprefix("templates/").rpartition("/")
            name = f"{place}/{name}.{file.partition('.')[2]}".lstrip("/")
    if name.endswith(".css"):
        raise InvalidInput.of(f'"{name}" is a theme: briefings new theme NAME')
    if not _TEMPLATE.fullmatch(name):
        plain = [one.removeprefix("templates/") for one in known]
        hint = nearest(name, plain) or nearest(name, {_stem(one) for one in plain})
        said = "a template is called sections/x.md.j2, figures/x.svg.j2 and the like"
        raise InvalidInput.of(
            _or_of_ones_own(f'"{name}" is no name of a template{hint or f"; {said}"}')
        )
    return name


def _or_of_ones_own(said: str) -> str:
    ends = " For" if said.endswith("?") else "; for"
    return f"{said}{ends} one of your own, say which it begins as: --from NAME"


def _stem(name: str) -> str:
    return name.rpartition("/")[2].partition(".")[0]


def theme(root: Path, name: str, *, force: bool = False) -> Path:
    """Make a theme that states every custom property of ours, to be changed.

    Raises:
        InvalidInput: the name is none, or there is such a theme.
    """
    _named("theme", name)
    if name == BASE_THEME:
        said = f'a theme is laid over "{BASE_THEME}"; one of that name would be in its place'
        raise InvalidInput.of(f"{said}; choose another")
    ours = catalogue.read(shipped("templates") / "themes" / f"{BASE_THEME}.css")
    found = _ROOT.search(ours)
    assert found, "our own theme states its custom properties"  # noqa: S101
    text = f"{_THEME.format(name=name)}\n{found[0]}"
    return _write(root, {f"templates/themes/{name}.css": text.encode()}, force=force)[0]


_THEME = """/* The theme "{name}", laid over the default one; an audience has it that says
   theme: {name}

   These are the default's own values. Change those that are to be otherwise, and take the others
   out: they stay as ours are. Any other rule of CSS may follow. Drawings take their colours from
   here, too. Nothing is fetched: fonts lie in fonts/, a picture beside this file: url(logo.svg). */
"""


def _named(what: str, name: str) -> None:
    """Refuse a name that is none."""
    if not is_slug(name):
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        hint = f'; did you mean "{slug}"?' if slug else ""
        said = f'"{name}" is no name of {_article(what)}: lower-case letters, digits and hyphens'
        raise InvalidInput.of(f"{said}{hint}")


def _article(what: str) -> str:
    return f"an {what}" if what[0] in "aeiou" else f"a {what}"


def _lacking(root: Path) -> dict[str, bytes]:
    """Return what an editor reads and the workspace has not: it may be older than that."""
    return {
        name: data for name, data in schema.copies().items() if not os.path.lexists(root / name)
    }


def _write(root: Path, data: Mapping[str, bytes], *, force: bool) -> list[Path]:
    """Write files into a workspace, all or none.

    Raises:
        InvalidInput: one is there already, a folder leads out of the workspace, or it fails.
    """
    paths = {root / name: content for name, content in data.items()}
    problems = [
        Problem("it is there already; --force writes over it", shown(path))
        for path in paths
        if os.path.lexists(path) and not force
    ]
    problems += [
        Problem("its folder leads out of the workspace", shown(path))
        for path in paths
        if not path.parent.resolve().is_relative_to(root.resolve())
    ]
    if problems:
        raise InvalidInput(problems)
    with files.together() as write:
        for path, content in paths.items():
            write(path, content)
    return list(paths)
