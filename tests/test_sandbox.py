"""The known ways out of Jinja's sandbox: none leads anywhere, each is a sentence at its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefings import templating
from briefings.templating.problems import TAGS
from tests.rendering import YAML, brief, marked, sentences

if TYPE_CHECKING:
    from pathlib import Path

NOT_FOR_TEMPLATES = {
    "{{ ''.__class__.__mro__[1].__subclasses__() }}": '"__class__" of a text',
    "{{ ''['__class__'] }}": '"__class__" of a text',
    "{{ ().__class__.__base__ }}": '"__class__" of a tuple',
    "{{ document.__class__ }}": '"__class__" of "document"',
    "{{ document['__class__'] }}": '"__class__" of "document"',
    "{{ document.reader._fields }}": '"_fields" of "reader"',
    "{{ document | attr('__class__') }}": '"__class__" of "document"',
    "{{ document.reader | attr('_fields') }}": '"_fields" of "reader"',
    "{{ [document] | map(attribute='__class__') | first }}": '"__class__" of "document"',
    "{{ [''] | map(attribute='__class__.__mro__') | first }}": '"__class__" of a text',
    "{{ [document] | map('attr', '__class__') | first }}": '"__class__" of "document"',
    "{{ [document.reader] | sum(attribute='_fields') }}": '"_fields" of "reader"',
    "{{ [document] | selectattr('__class__') | list }}": '"__class__" of "document"',
    "{{ '{0.__class__}'.format(document) }}": '"__class__" of "document"',
    "{{ '{0._fields}'.format(document.reader) }}": '"_fields" of "reader"',
    "{{ '{0.nodes}'.format(document.title) }}": '"nodes" of a text',
    "{{ '{a.__class__}'.format_map({'a': document}) }}": '"__class__" of "document"',
    "{{ ('{0.__class__}' | string).format('') }}": '"__class__" of a text',
    "{{ self.__init__.__globals__ }}": '"__init__" of a templatereference',
    "{{ self._TemplateReference__context }}": (
        '"_TemplateReference__context" of a templatereference'
    ),
    "{{ namespace.__init__.__globals__ }}": '"__init__" of a type',
    "{{ range.__globals__ }}": '"__globals__" of a function',
    "{{ say.__self__._language }}": '"__self__" of a method',
    "{{ say.__func__.__globals__ }}": '"__func__" of a method',
    "{{ words._language }}": '"_language" of "words"',
    "{{ block.__globals__ }}": '"__globals__" of a function',
    "{{ mark.__closure__ }}": '"__closure__" of a function',
    "{% macro f() %}{% endmacro %}{{ f.__init__ }}": '"__init__" of a macro',
    "{{ document.title.nodes }}": '"nodes" of a text',
    "{{ document.title.source }}": '"source" of a text',
    "{{ document.title.plain }}": '"plain" of a text',
    "{{ document.title['plain'] }}": '"plain" of a text',
    "{{ document.title | attr('nodes') }}": '"nodes" of a text',
    "{{ document.title.parse('*') }}": '"parse" of a text',
    "{{ document.title.__html__() }}": '"__html__" of a text',
    "{{ document.as_of.text.nodes }}": '"text" of a term',
    "{{ document.marking.level }}": '"level" of a marking',
    "{{ document.language.data.clear() }}": '"clear" of the mapping',
    "{{ [].append(1) }}": '"append" of a list',
    "{{ 'a'.ljust(1000000000) }}": '"ljust" of a text',
    "{{ 'a'.zfill(1000000000) }}": '"zfill" of a text',
    "{{ 'a' * 10 ** 9 }}": '"**"',
    "{{ 'a' * 1000000000 }}": '"*"',
    "{{ [1] * 1000000000 }}": '"*"',
    "{{ 2 ** 10000000 }}": '"**"',
    "{{ '%1000000000d' % 1 }}": '"%"',
    "{{ '%1000000000d' | format(1) }}": "a width of so many characters",
    "{{ '%*d' | format(1000000000, 1) }}": "a width of so many characters",
}


@pytest.mark.parametrize(("template", "what"), NOT_FOR_TEMPLATES.items())
def test_no_way_out(tmp_path: Path, template: str, what: str) -> None:
    found = sentences(tmp_path, f"\n\n{template}")
    assert found == [f"briefing.md.j2:3: {what} is not for templates"]


NOT_A_LIST = "a text is not a list: it cannot be gone through"
OTHER_SENTENCES = {
    "{{ cycler.__init__.__globals__.os }}": 'there is no "cycler"',
    "{{ cycler('a') }}": 'there is no "cycler"',
    "{{ joiner() }}": 'there is no "joiner"',
    "{{ dict(a=1) }}": 'there is no "dict"',
    "{{ lipsum.__globals__ }}": 'there is no "lipsum"',
    "{{ lipsum() }}": 'there is no "lipsum"',
    "{{ config }}": 'there is no "config"',
    "{{ request.application }}": 'there is no "request"',
    "{{ open('/etc/passwd') }}": 'there is no "open"',
    "{{ __import__('os') }}": 'there is no "__import__"',
    "{{ self }}": '"self" is printed here: a templatereference',
    "{{ range(1000000000) | list }}": (
        "Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000)."
    ),
    "{% set document.title = 'x' %}": ("only a field of what namespace(...) has made can be set"),
    "{% for c in document.title %}{{ c }}{% endfor %}": NOT_A_LIST,
    "{{ document.title | list }}": NOT_A_LIST,
    "{{ document.title | map(attribute='nodes') | list }}": NOT_A_LIST,
    "{{ say }}": '"say" is printed here: a method',
    "{% include ['/etc/passwd', '/etc/hosts'] %}": ('there is no template "/etc/hosts"'),
    "{% import '/etc/passwd' as x %}": 'there is no template "/etc/passwd"',
    "{% do x %}": f'there is no tag "do"; known: {", ".join(TAGS)}',
    "{% debug %}": f'there is no tag "debug"; known: {", ".join(TAGS)}',
} | {
    f"{{{{ document.title | {name} }}}}": f'the filter "{name}" is not for templates'
    for name in ("pprint", "safe", "e", "escape", "striptags", "urlize", "tojson", "random")
}


@pytest.mark.parametrize(("template", "said"), OTHER_SENTENCES.items())
def test_what_is_not_there(tmp_path: Path, template: str, said: str) -> None:
    assert sentences(tmp_path, template) == [f"briefing.md.j2:1: {said}"]


def test_numbers_may_be_reckoned_with(tmp_path: Path) -> None:
    assert marked(tmp_path, "{{ 3 * 4 }} {{ 7 % 4 }} {{ 7 // 2 }} {{ 0.5 * 3 }}") == "12 3 3 1.5\n"


def test_a_text_that_looks_like_a_template_is_only_a_text(tmp_path: Path) -> None:
    yaml = YAML.replace("A *strike*", "'{{ 7 * 7 }} {% include \"x\" %} {# y #}'")
    found = templating.strip(brief(tmp_path, yaml).marked)
    assert r'# \{\{ 7 * 7 \}\} \{% include "x" %\} \{# y #\}' in found
