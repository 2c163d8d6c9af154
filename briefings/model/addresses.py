"""Addresses that a brief may link to, and how Markdown carries them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from briefings.model.escape import escape_references

SCHEMES = ("http", "https", "mailto")


class BadText(ValueError):
    """A text that cannot stand: a link with a forbidden scheme, a blank line."""


def checked_url(url: str, schemes: tuple[str, ...] = SCHEMES) -> str:
    """Return *url* if a brief may link to it.

    Raises:
        BadText: it is not an address of one of the *schemes*.
    """
    allowed = f"{', '.join(f'{s}:' for s in schemes[:-1])} or {schemes[-1]}:"
    if not url:
        raise BadText("a link has no address")
    if re.search(r"[\s<>]", url):
        raise BadText(f'"{url}" is not an address: a space, "<" or ">" stands in it')
    try:
        parts = urlsplit(url)
    except ValueError:
        raise BadText(f'"{url}" is not an address: its brackets do not fit') from None
    if parts.scheme.lower() not in schemes:
        raise BadText(f'the address "{url}" does not begin with {allowed}')
    if not (parts.path if parts.scheme.lower() == "mailto" else parts.hostname):
        raise BadText(f'the address "{url}" names no host or mailbox')
    return url


def link_target(url: str) -> str:
    """Return *url* with what Markdown would read as its own percent-encoded."""
    return escape_references(encoded(url))


def encoded(url: str) -> str:
    """Return *url* with every sign percent-encoded that has a meaning in Markdown."""
    scheme, colon, rest = url.partition(":")
    if colon:
        url = f"{scheme.lower()}:{rest}"  # MyST knows schemes in small letters alone
    return re.sub(r"[\\`*\[\]{}|()<>\"' ^]", lambda match: f"%{ord(match.group()):02X}", url)
