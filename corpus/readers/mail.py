"""Mail: newsletters and press statements, one message a file (.eml) or many (.mbox); each message is an article."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from corpus.dates import read_date
from corpus.errors import UnreadableFile
from corpus.fields import RawArticle, read_language, trace
from corpus.limits import limits_in_force, over_limit
from corpus.readers.faults import said
from corpus.readers.mail_date import read_mail_date
from corpus.readers.markup import html_text
from corpus.readers.opening import decode, open_bytes, read_bytes
from corpus.types import Problem

SHARE_KEPT = 0.5  # of a message's letters: a web page's reading that keeps less took its text for menus
LIST_HEADERS = ("List-Id", "List-Unsubscribe", "List-Post")  # RFC 2369 and RFC 2919

_FROM_LINE = re.compile(rb"From \S+ +\w{3} +\w{3} +\d{1,2} +\d\d:\d\d")  # and the year, in some with a zone
_QUOTED_FROM = re.compile(rb"^>(>*From )")
_HIDDEN = re.compile(r"display:none|visibility:hidden|mso-hide:all|max-height:0(?:px)?(?:;|$)")
_ADDRESS = re.compile(r"https?://[^\s<>]+")
_MOST_NAMED = 5  # attachments in a message


def read_message(path: Path) -> Iterator[RawArticle | Problem]:
    """The article of an .eml file, and a `Problem` that names its attachments. Raises UnreadableFile."""
    yield from _read_message(read_bytes(path), path=str(path), number=None)


def read_mailbox(path: Path) -> Iterator[RawArticle | Problem]:
    """The articles of an .mbox file, message by message. Raises UnreadableFile where it is none.

    Read here and not by the standard library's `mailbox`, which opens files for writing and reads no packed ones.
    """
    number = 0
    for number, message in enumerate(_messages(path), 1):
        try:
            if isinstance(message, Problem):
                yield replace(message, record=number)
            else:
                yield from _read_message(message, path=str(path), number=number)
        except UnreadableFile as error:
            yield Problem(path=str(path), record=number, reason=str(error))
    if not number:
        raise UnreadableFile("a mailbox without a message: none of its lines begins with 'From '")


def _messages(path: Path) -> Iterator[bytes | Problem]:
    """The messages of a mailbox (RFC 4155, and its form with >From for lines of text that begin so)."""
    limit = limits_in_force().page_bytes
    lines: list[bytes] = []
    size = 0
    is_started, is_blank = False, True

    def finish() -> bytes | Problem:
        if size > limit:
            return Problem(path=str(path), reason=str(over_limit("too long a message", limit="page_bytes")))
        return b"".join(lines)

    with open_bytes(path) as file:
        while line := file.readline(limit):
            if is_blank and _FROM_LINE.match(line):
                if is_started:
                    yield finish()
                lines, size, is_started = [], 0, True
            elif is_started:
                size += len(line)
                if size <= limit:
                    lines.append(_QUOTED_FROM.sub(rb"\1", line))
            is_blank = not line.strip()
    if is_started:
        yield finish()


def _read_message(data: bytes, *, path: str, number: int | None) -> Iterator[RawArticle | Problem]:
    try:
        message = email.message_from_bytes(data, policy=default)
        raw = _to_article(message)
        attachments = [_name_of(part) for part in message.iter_attachments() if _is_attached(part)]
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:  # headers and parts break in more ways than the standard library names
        raise UnreadableFile(f"not a message that can be read: {said(error)}") from error
    yield replace(raw, path=path, record=number)
    if attachments:
        more = " ..." if len(attachments) > _MOST_NAMED else ""
        shown = ", ".join(attachments[:_MOST_NAMED]) + more
        reason = f"attachments not read: {shown}; save them as files to have them read"
        yield Problem(path=path, record=number, reason=reason)


def _to_article(message: EmailMessage) -> RawArticle:
    if not message.keys():
        raise UnreadableFile("not a message: it has no headers")
    if message.get_content_type() in {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}:
        raise UnreadableFile("an encrypted message: save it decrypted")
    title = _header(message, "Subject")
    text = _read_text(message, title=title)
    if not text.strip():
        raise UnreadableFile("a message without text")
    name = parseaddr(_header(message, "From"))[0].strip(" '\"")
    is_list = any(message.get(header) for header in LIST_HEADERS)
    date = _header(message, "Date")
    published = read_mail_date(date) or read_date(date)
    archived = _ADDRESS.search(_header(message, "Archived-At"))  # RFC 5064: where the message is on the web
    raw = RawArticle(
        text=text,
        title=title,
        outlet=(name or None) if is_list else None,
        authors=(name,) if name and not is_list else (),
        published=published,
        url=archived[0] if archived else None,
        language=read_language(_header(message, "Content-Language").partition(",")[0]),
        id=_header(message, "Message-ID").strip("<> ") or None,
    )
    places = {
        "title": "Subject", "outlet": "From", "authors": "From", "published": "Date", "url": "Archived-At",
        "language": "Content-Language",
    }  # fmt: skip
    return replace(raw, provenance=trace(raw, {field: f"mail {place}" for field, place in places.items()}))


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name) or "").split())


def _read_text(message: EmailMessage, *, title: str) -> str:
    """The text of a message: of its HTML, where it has any, else the plain one."""
    page = message.get_body(("html",))
    plain = message.get_body(("plain",))
    text = _page_text(_content(page), title=title) if page is not None else ""
    return text if text.strip() or plain is None else _content(plain)


def _content(part: Any) -> str:
    """The content of a part as text, whatever it says that it is encoded in."""
    charset = part.get_content_charset()
    return decode(part.get_payload(decode=True) or b"", declared=charset)


def _page_text(page: str, *, title: str) -> str:
    """The text of a message's HTML: the article in it as in a web page, or all that it shows where that is far more."""
    from lxml.html import tostring

    from corpus.readers.page_body import read_body
    from corpus.readers.page_tree import parse_page

    try:
        tree = parse_page(page)
    except UnreadableFile:
        return html_text(page)
    for element in tree.xpath("//*[@style]"):  # the preview that mail programs show in their lists
        if _HIDDEN.search("".join(element.get("style", "").lower().split())) and element.getparent() is not None:
            element.drop_tree()
    shown = html_text(tostring(tree, encoding="unicode"))
    try:
        body = "\n\n".join(read_body(tree, title=title))
    except MemoryError:
        raise
    except Exception:  # what a broken page does to the parsers leaves all that it shows
        return shown
    return body if len(body) >= SHARE_KEPT * len(shown) else shown


def _is_attached(part: Any) -> bool:
    """Whether a part is more than a picture in the text."""
    return (
        part.is_attachment()
        or (bool(part.get_filename()) and not part.get("Content-ID"))
        or part.get_content_type() == "message/rfc822"
    )


def _name_of(part: Any) -> str:
    return " ".join(str(part.get_filename() or f"a {part.get_content_type()}").split())[:60]
