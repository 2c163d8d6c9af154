"""What the reference says that no code says."""

from __future__ import annotations

NAMED = {
    "document": "The brief: everything that this reader may see, and nothing else.",
    "words": "The words of the reader's language.",
    "range(n)": "The numbers from 0 to n - 1.",
    "namespace(...)": "What a loop can change: {% set box = namespace(n=0) %}{% set box.n = 1 %}.",
    "loop": "In a loop: loop.index, loop.first, loop.last, loop.length.",
}
TAGS = {
    "if": "{% if event.text %}...{% elif event.inferred %}...{% else %}...{% endif %}",
    "for": "{% for claim in event.claims if claim.ref %}...{% else %}...{% endfor %}",
    "set": "{% set events = document['events'] %}, or {% set text %}...{% endset %}",
    "with": "{% with first = document['events'][0] %}...{% endwith %}",
    "include": "{% include 'sections/gaps.md.j2' %}: one's own comes before ours",
    "macro": "{% macro named(part) %}...{% endmacro %}, then {{ named(event) }}",
    "call": "{% call block('note') %}...{% endcall %}: gives what stands in it to a function",
    "from": "{% from 'parts.md.j2' import cite, marked with context %}",
    "import": "{% import 'parts.md.j2' as parts with context %}",
    "filter": "{% filter sentence %}...{% endfilter %}",
    "extends": "{% extends 'base.md.j2' %}: fill in the blocks of another template",
    "block": "{% block body %}...{% endblock %}: what another template may fill in",
}
TYPES = {
    "text": "A text of the YAML, printed as it is: escaped, with its emphasis and links.",
    "term": 'A word of a list, or a date, as it is read; "token" is what the program calls it, and '
    'it equals that: {% if claim.stance == "denies" %}.',
    "number": "Printed with its thousands grouped.",
    "marking": "A marking of TLP 2.0.",
    "word": "Plain text of the program, such as document.sourcing: none, inline or annex.",
    "part": "A part of the document; print its fields.",
    "yes or no": "For {% if %}; it cannot be printed.",
    "mapping": "Values by name.",
    "source": "The document as YAML; not for templates.",
    "anything": "Depends; see above.",
}
PAGE = """
# Templates

What a template can use. This page is made from the code by `python -m scripts.reference`; in a
terminal, `briefings reference` tells the same, and `briefings reference NAME` one thing.

A brief is Markdown, made by `briefing.md.j2` and, for each section that the audience names, by
`sections/<name>.md.j2`. To change one, put a file of that name into `templates/` beside the
briefing. This is a whole section; save it as `templates/sections/gaps.md.j2`:

```jinja
{% for gap in document["gaps"] %}
-   {{ gap.text }}{% if gap.matters %} {{ gap.matters }}{% endif %}

{% endfor %}
```

White space: where a tag `{% %}` or a comment `{# #}` begins a line, the spaces before it are left
out, so tags can be indented as one likes; before `{{ }}` they stay. Where a tag or a comment ends
a line, the end of that line is left out, so a line of tags alone leaves nothing. Inside a line, all
stays. `{%+ if x %}` keeps the spaces before it; `{%-` and `-%}` leave out all white space on their
side. Several empty lines become one.

HTML and images in Markdown are only text: a style sheet finds what `block` and `mark` name. A link
leads to `http:`, `https:`, `mailto:` or `#` and a place on the page, in every format.

A further file there is [a section of your own](how-to/section.md): an audience names it, gives it
a heading and says what it may show.

`briefings check --templates` tells every mistake at its file and line, before any brief uses
them. A template reads its document and the templates beside it, and nothing else. How much it may
do is counted: turns of loops and characters; what goes on without end is stopped with a sentence
at its line, the same on every machine.

Python can add filters and figures, by the entry points `briefings.filters` (a function of the
value) and `briefings.figures` (a function of the document, which returns what the figure's
template draws). They are code of an installed package, so they are off until `briefings.toml` says
`trusted = true`.
"""
