"""Which articles are one: by their address, and by what they say."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_AMP = re.compile(r"/amp(?:\.html)?$|\.amp(?=\.html$|$)")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$")


def canonical_url(url: str | None) -> str | None:
    """An address without what does not tell articles apart, for comparison: it is not to be opened.

    That is the scheme, www., tracking parameters, /amp, /index.html and the last slash. None for what is no address,
    and for a front page, which is no one article's.
    """
    from courlan import normalize_url

    if not url:
        return None
    try:
        parts = urlsplit(normalize_url(url if "://" in url else f"https://{url}", strict=False, trailing_slash=False))
    except (ValueError, AttributeError):
        return None
    host = re.sub(r"^(?:www\d?|m|amp|mobile)\.", "", parts.netloc.lower())
    path = _AMP.sub("", _INDEX.sub("", parts.path.rstrip("/")))
    if parts.scheme not in {"http", "https"} or "." not in host or not (path or parts.query):
        return None
    return f"{host}{path}" + (f"?{parts.query}" if parts.query else "")
