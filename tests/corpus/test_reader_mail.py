"""Mail: newsletters and statements, alone and in mailboxes."""

import gzip
from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus import Article, Problem, read_file
from tests.corpus.documents import BODY, MORE, message, read_all, read_one, read_problem, where

FROM = "From ada@esterby.example Sat May  3 08:00:00 2031\n"


def test_a_newsletter_is_its_senders_as_an_outlet(tmp_path: Path) -> None:
    mail = message(
        From='"Lowmarsh Gazette" <news@gazette.example>',
        List_Id="<morning.gazette.example>",
        Message_ID="<dam-1@gazette.example>",
        Content_Language="en-GB",
        Archived_At="<https://gazette.example/letters/dam>",
    )
    found = read_one(tmp_path, "dam.eml", bytes(mail))
    assert found.text == f"Dam holds\n\n{BODY}\n\n{MORE}"
    assert (found.id, found.title, found.outlet, found.authors) == (
        "dam-1@gazette.example",
        "Dam holds",
        "Lowmarsh Gazette",
        (),
    )
    assert (found.published, found.language) == ("2031-05-03T08:00:00+02:00", "en-GB")
    assert found.url == "https://gazette.example/letters/dam"
    assert where(found)["published"] == "mail Date"


def test_a_message_of_a_person_is_that_persons(tmp_path: Path) -> None:
    found = read_one(tmp_path, "dam.eml", bytes(message()))
    assert (found.outlet, found.authors) == (None, ("Ada Wick",))


def test_headers_that_are_missing_or_bad_are_none(tmp_path: Path) -> None:
    found = read_one(tmp_path, "dam.eml", f"From: ada@esterby.example\nDate: soon\n\n{BODY}\n")
    assert (found.title, found.outlet, found.authors, found.published) == ("", None, (), None)


def test_the_html_is_read_before_the_plain_text_and_without_the_hidden_preview(tmp_path: Path) -> None:
    html = (
        "<div style='display:none'>Preview of it</div><table><tr><td><a href='x'>View in browser</a></td></tr>"
        f"<tr><td><h1>Dam holds</h1><p>{BODY}</p><p>{MORE}</p></td></tr></table>"
    )
    text = read_one(tmp_path, "dam.eml", bytes(message("A plain version.", html=html))).text
    assert BODY in text
    assert MORE in text
    assert "Preview" not in text
    assert "plain version" not in text


def test_many_short_pieces_of_a_digest_are_all_read(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td><h2>Place {n}</h2><p>The roof of school {n} will be mended.</p></td></tr>" for n in range(9)
    )
    text = read_one(tmp_path, "dam.eml", bytes(message(None, html=f"<table>{rows}</table>"))).text
    assert all(f"The roof of school {number} will be mended." in text for number in range(9))


@pytest.mark.parametrize(("charset", "transfer"), [("utf-8", "base64"), ("iso-8859-1", "quoted-printable")])
def test_encodings(tmp_path: Path, charset: str, transfer: str) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Damm hält in Zürich"
    mail.set_content("Der Damm über Zürich hält, sagte die Feuerwehr am Dienstag früh.", charset=charset, cte=transfer)
    found = read_one(tmp_path, "dam.eml", bytes(mail))
    assert found.text == "Damm hält in Zürich\n\nDer Damm über Zürich hält, sagte die Feuerwehr am Dienstag früh."


def test_an_encoding_of_no_known_name_is_guessed(tmp_path: Path) -> None:
    head = b'Subject: Dam\nContent-Type: text/plain; charset="x-none"\n\n'
    data = head + b"Der Damm \xfcber Z\xfcrich h\xe4lt seit gestern.\n"
    assert "über Zürich hält" in read_one(tmp_path, "dam.eml", data).text


def test_attachments_are_told_and_pictures_in_the_text_are_not(tmp_path: Path) -> None:
    mail = message(html=f"<p>{BODY}</p><img src='cid:p'>")
    page = mail.get_body(("html",))
    assert page is not None
    page.add_related(b"GIF89a", "image", "gif", cid="<p>", filename="p.gif")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="statement.pdf")
    article, problem = read_all(tmp_path, "dam.eml", bytes(mail))
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert "statement.pdf" in problem.reason
    assert "p.gif" not in problem.reason


def test_a_mailbox_message_by_message(tmp_path: Path) -> None:
    second = message(f"{BODY}\n\n>From then on it rained.\n\nFrom here, too, she said.\n", Subject="Rain")
    box = f"{FROM}{message().as_string()}\n\nFrom - Sat May 03 08:00:00 2031\n{second.as_string()}\n"
    found = read_all(tmp_path, "dams.mbox", box)
    assert [(item.title, item.record) for item in found if isinstance(item, Article)] == [("Dam holds", 1), ("Rain", 2)]
    assert isinstance(found[1], Article)
    assert found[1].text.split("\n\n")[2:] == ["From then on it rained.", "From here, too, she said."]


def test_a_packed_mailbox(tmp_path: Path) -> None:
    (tmp_path / "dams.mbox.gz").write_bytes(gzip.compress(f"{FROM}{message().as_string()}".encode()))
    (found,) = read_file(tmp_path / "dams.mbox.gz")
    assert isinstance(found, Article)


def test_a_bad_message_in_a_mailbox_does_not_cost_the_others(tmp_path: Path) -> None:
    locked = "Content-Type: application/pkcs7-mime\n\nMIIB\n"
    box = f"{FROM}{locked}\n\n{FROM}\n\n{FROM}{message().as_string()}"
    found = read_all(tmp_path, "dams.mbox", box)
    assert [(type(item).__name__, item.record) for item in found] == [("Problem", 1), ("Problem", 2), ("Article", 3)]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("dam.eml", "", "no headers"),
        ("dam.eml", "Subject: Dam\n\n", "without text"),
        ("dam.eml", "Subject: Dam\nContent-Type: multipart/encrypted\n\nx\n", "encrypted"),
        ("dam.mbox", "Subject: Dam\n\nHello.\n", "without a message"),
        ("dam.mbox", "", "without a message"),
    ],
)
def test_what_cannot_be_read_is_a_problem(tmp_path: Path, name: str, data: str, reason: str) -> None:
    assert reason in read_problem(tmp_path, name, data).reason
