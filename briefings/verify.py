"""Is a PDF what its own source makes? It is made again, and the bytes are compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from briefings import audience as audiences
from briefings import enclosed, model, pipeline, source
from briefings.audience import Paper
from briefings.errors import InvalidInput, Refused
from briefings.resources import Shelf
from briefings.version import __version__
from briefings.writers.recipe import own as parts_of_ones_own
from briefings.writers.recipe import recipe
from briefings.writers.theme import known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefings.enclosed import Enclosed
    from briefings.model import Briefing
    from briefings.source import Source

_NEEDED = ("id", "audience", "paper", "program", "content", "parts")


class Verdict(StrEnum):
    """What can be said of a PDF; the first alone is good."""

    SAME = "same"
    PDF_CHANGED = "pdf-changed"
    SOURCE_CHANGED = "source-changed"
    OTHER_VERSION = "other-version"
    OTHER_RECIPE = "other-recipe"
    UNKNOWN_AUDIENCE = "unknown-audience"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of one PDF.

    Attributes:
        file: its name.
        verdict: in one word.
        sentence: in one sentence.
        briefing: the id of the briefing, as the PDF states it.
        audience: for whom it was made, as it states.
        program: the version of briefings that made it, as it states.
        differs: for ``OTHER_RECIPE`` what is another here: templates, theme, fonts, audience,
            language, lexicon.
        own: for ``SAME`` which of these are not ours but lie in the folder that was looked into.
            Whoever may write there decides what the brief says, whatever its source does.
    """

    file: str
    verdict: Verdict
    sentence: str
    briefing: str = ""
    audience: str = ""
    program: str = ""
    differs: Sequence[str] = ()
    own: Sequence[str] = ()


def verify(path: Path | str, own: Path | None = None) -> Answer:
    """Hold a PDF against the source that it carries.

    Args:
        path: the PDF; ``"-"`` is standard input.
        own: the folder whose ``audiences/``, ``templates/`` and so on come before ours. Without
            one it is the current one; what came along with a PDF is not taken for its judge.

    Raises:
        InvalidInput: the PDF cannot be read, or what lies in the folder is wrong.
        Unequipped: a library or a font is missing.
    """
    if own is not None and not own.is_dir():
        raise InvalidInput.of("there is no such folder", str(own))
    read = enclosed.read(path)
    answer = _of_itself(read)
    if answer:
        return answer
    return _against(read, own or Path.cwd())


def _of_itself(read: Enclosed) -> Answer | None:
    """Return what can be said without making it again."""
    facts = read.facts
    if read.damaged and facts:
        return _answer(read, Verdict.SOURCE_CHANGED, "its source was changed: it is damaged")
    if read.source is None or any(name not in facts for name in _NEEDED):
        said = f"it is no brief of ours: {enclosed.lacking(read)}"
        return _answer(read, Verdict.FOREIGN, said)
    if sha256(read.source).hexdigest() != facts["content"]:
        said = "its source was changed: it is not the one that the brief says it was made of"
        return _answer(read, Verdict.SOURCE_CHANGED, said)
    if not _known(facts["paper"]):
        said = f'its bytes were changed: there is no paper "{facts["paper"]}"'
        return _answer(read, Verdict.PDF_CHANGED, said)
    made_by = f"briefings {facts['program']}", facts.get("producer", "")
    here = f"briefings {__version__}", f"WeasyPrint {version('weasyprint')}"
    for theirs, ours in zip(made_by, here, strict=True):
        if theirs != ours:
            said = f"it was made by {theirs or 'an unknown program'}, and this is {ours}"
            return _answer(read, Verdict.OTHER_VERSION, said)
    return None


def _known(paper: str) -> bool:
    """Whether there is a sheet of exactly this name."""
    try:
        return Paper.named(paper).value == paper
    except InvalidInput:
        return False


def _against(read: Enclosed, folder: Path) -> Answer:
    """Return what can be said with the audiences and templates of one folder."""
    shelf, name = Shelf.at(folder), read.facts["audience"]
    if name not in shelf.stems("audiences"):
        said = f'its audience "{name}" is not known here; name its folder: --from DIR'
        return _answer(read, Verdict.UNKNOWN_AUDIENCE, said)
    inside = f"{read.file}: its source"
    try:
        data = source.parse(read.source or b"", inside)
        if lacking := _lacking(data, name, shelf):
            return _other(read, [lacking], folder)
        briefing = model.build(data, name=read.facts["id"], folder=folder)
    except InvalidInput as error:
        if any(problem.file != inside for problem in error.problems):
            raise
        said = "its bytes were changed: no brief can be made of its source"
        return _answer(read, Verdict.PDF_CHANGED, said)
    return _again(read, briefing, folder)


def _again(read: Enclosed, briefing: Briefing, folder: Path) -> Answer:
    """Return what can be said once the brief is made again."""
    name = read.facts["audience"]
    try:
        brief = pipeline.view(briefing, name, Paper.named(read.facts["paper"]))
    except Refused:  # this audience sees less, or is shown more, than the one that it was made for
        return _other(read, ["audience"], folder)
    stated = dict(part.split(":", 1) for part in read.facts["parts"].split() if ":" in part)
    here = recipe(brief.document, brief.shelf)
    different = [part for part in sorted(stated | here) if stated.get(part) != here.get(part)]
    if different:
        return _other(read, different, folder)
    try:
        same = pipeline.render(brief, "pdf").data == read.data
    except Refused:
        same = False
    if same:
        mine = parts_of_ones_own(brief.document, brief.shelf)
        with_ = f" with the {_listed(mine)} of {folder}" if mine else ""
        said = f'it is, byte for byte, what its source makes for "{name}"{with_}'
        return _answer(read, Verdict.SAME, said, own=mine)
    said = f'its bytes were changed: its source makes another PDF for "{name}"'
    return _answer(read, Verdict.PDF_CHANGED, said)


def _lacking(data: Source, name: str, shelf: Shelf) -> str:
    """Return which part that the brief was made with is not here at all, if any."""
    reader = audiences.load(name, shelf)
    language = reader.language or data.data.get("language", "en")
    if data.data.get("lexicon", "icd203") not in shelf.stems("lexicons"):
        return "lexicon"
    if language not in shelf.stems("languages"):
        return "language"
    return "" if {*reader.theme} <= {*known(shelf)} else "theme"


def _other(read: Enclosed, parts: Sequence[str], folder: Path) -> Answer:
    said = f"it was made with another {_listed(parts)} than what is found from {folder}"
    return _answer(read, Verdict.OTHER_RECIPE, said, parts)


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _answer(
    read: Enclosed,
    verdict: Verdict,
    sentence: str,
    differs: Sequence[str] = (),
    own: Sequence[str] = (),
) -> Answer:
    told = {
        name: read.facts.get(fact, "")
        for name, fact in (("briefing", "id"), ("audience", "audience"), ("program", "program"))
    }
    return Answer(
        file=read.file, verdict=verdict, sentence=sentence, differs=differs, own=own, **told
    )
