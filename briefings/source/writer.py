"""Plain data into YAML that our own reader, and any other, reads back as what was meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTH = 100
_DUMPER: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_FLOAT = "tag:yaml.org,2002:float"
# What is a number in YAML 1.2 and none in 1.1, which is what the library knows: 1e5, 0o17.
_NUMBER = re.compile(
    r"([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+)\Z"
)


class _Dumper(_DUMPER):  # type: ignore[misc]  # one of two classes, which only a run can tell
    """Quotes each text that YAML 1.1 or 1.2 reads as something else; a date is a text in 1.2."""

    yaml_implicit_resolvers: Mapping[str, list[tuple[str, re.Pattern[str]]]] = {
        first: [(tag, pattern) for tag, pattern in known if tag != _TIMESTAMP]
        for first, known in _DUMPER.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # the library's signature
        """Write out what stands in two places twice."""
        return True


_Dumper.add_implicit_resolver(_FLOAT, _NUMBER, list("-+.0123456789"))


def dump(data: Mapping[str, Any], comment: str) -> str:
    """Return YAML: a line of comment, then a mapping in the order of its keys.

    Args:
        data: mappings, lists, texts, numbers, booleans and nothing else.
        comment: one line.
    """
    text: str = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH, line_break="\n"
    )
    return f"# {comment}\n{text}"
