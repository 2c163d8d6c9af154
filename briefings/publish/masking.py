"""Keeps names and passwords of the environment out of what is printed.

A server may echo what it was sent, as it stands or in the form in which it was sent: in an address,
in XML or HTML, in JSON, in Base64.
"""

from __future__ import annotations

import html
import json
import os
import re
from base64 import b64encode, urlsafe_b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

MASK = "…"
_NAMES = re.compile("BRIEFINGS_.+_(USER|PASSWORD)")  # of variables that hold a secret


def masked(text: str, secrets: Iterable[str]) -> str:
    """Return a text without the secrets, in whatever form they stand in it."""
    forms = {form for secret in secrets for form in _forms(secret) if form}
    if not forms:
        return text
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.sub("|".join(map(re.escape, longest_first)), MASK, text, flags=re.IGNORECASE)


def without_accounts(text: str) -> str:
    """Return a text without the accounts that the environment holds."""
    held = [value for name, value in os.environ.items() if _NAMES.fullmatch(name)]
    return masked(text, held)


def paired(user: str, password: str) -> list[str]:
    """Return what must not be shown of an account.

    Of a bot's name in MediaWiki (``Account@bot``) the account is one by itself, and a wiki writes
    its spaces as ``_``.
    """
    names = [user, user.partition("@")[0]]
    return [password, f"{user}:{password}", *names, *(name.replace(" ", "_") for name in names)]


def _forms(secret: str) -> set[str]:
    data = secret.encode(errors="surrogateescape")
    coded = {encode(data).decode() for encode in (b64encode, urlsafe_b64encode)}
    plain = {
        secret,
        quote(data),
        quote(data, safe=""),
        quote_plus(data),
        secret.replace(" ", "+"),
        escape(secret),
        html.escape(secret),
        html.escape(secret).replace("&#x27;", "&#039;"),  # as PHP writes it
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        json.dumps(secret)[1:-1].replace("/", "\\/"),  # as PHP writes it
        repr(secret)[1:-1],
    }
    return plain | coded | {form.rstrip("=") for form in coded}
