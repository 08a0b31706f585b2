"""The tab in which a reader adds articles, by files or as pasted text. What comes in is kept beside the index."""

from __future__ import annotations

import re
import secrets
import shutil
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from markupsafe import Markup

from rag.errors import QuestionError, RagError, StoreError
from rag.render import render_languages
from rag.types import Failure, IndexReport
from rag.web.dates import date_box
from rag.web.panel import NOTHING, html_panel, joined, panel_value

if TYPE_CHECKING:
    from rag.web.desk import Desk

MOST_FILES = 100
MOST_PASTED = 1_000_000
"""Characters of a pasted article."""
MOST_TOLD = 20
_LOOK_SECONDS = 0.3
_HEAD = 300


def build_adding_tab(desk: Desk) -> None:
    """Build the tab inside its `gr.Tab`."""
    limit = desk.settings.upload_bytes / 1_000_000
    html_panel(
        Markup('<p class="soft">Files of any kind that can be indexed, up to {:,.0f} MB each and {} at once; they are '
               "kept in <code>{}</code>. Questions are answered meanwhile.</p>").format(
            limit, MOST_FILES, str(desk.uploads)
        ),
        elem_id="adding-about",
    )  # fmt: skip
    with gr.Row():
        files = gr.File(file_count="multiple", label="Files", elem_id="adding-files", height=160)
        with gr.Column():
            title = gr.Textbox(label="Headline", max_lines=1, max_length=_HEAD, elem_id="adding-title")
            with gr.Row():
                outlet = gr.Textbox(label="Outlet", max_lines=1, max_length=_HEAD, min_width=120)
                day = date_box("Date", elem_id="adding-day")
            text = gr.Textbox(
                label="Or the text of one article", lines=6, max_lines=12, max_length=MOST_PASTED, elem_id="adding-text"
            )
    start = gr.Button("Add", variant="primary", elem_id="adding-start")
    report = html_panel(elem_id="adding-report")

    def add(  # noqa: PLR0913, PLR0917 -- one an input
        paths: list[str] | None,
        headline: str,
        paper: str,
        date: str,
        body: str,
        progress: gr.Progress = gr.Progress(),  # noqa: B008 -- how Gradio hands it over
    ) -> tuple[Any, ...]:
        kept = (gr.skip(),) * 3
        try:
            folder = keep(desk, files=paths or (), text=article_text(headline, paper, date, body))
            if not desk.add(folder):
                shutil.rmtree(folder, ignore_errors=True)
                raise StoreError("articles are being added just now: wait until that is done, and try again")
        except RagError as error:
            return panel_value(_alert(str(error))), *kept
        while desk.is_working:
            if work := desk.work:
                progress(work.progress.fraction, desc=work.progress.summary)
            time.sleep(_LOOK_SECONDS)
        work = desk.work
        if work is None or work.report is None:
            return panel_value(_alert(work.error if work and work.error else "it was interrupted")), *kept
        return panel_value(report_html(work.report)), None, "", ""

    start.click(
        add,
        [files, title, outlet, day, text],
        [report, files, title, text],
        api_visibility="private",
        concurrency_limit=2,
    )


def article_text(title: str, outlet: str, day: str, body: str) -> str:
    """A pasted article as a text file with its facts above it; empty where nothing was pasted."""
    if not body.strip():
        return ""
    facts = [(name, " ".join(said.split())[:_HEAD]) for name, said in (("Outlet", outlet), ("Date", day))]
    head = "".join(f"{name}: {said}\n" for name, said in facts if said)
    headline = " ".join(title.split())[:_HEAD]
    return "\n".join(part for part in (head, f"{headline}\n" if headline else "", f"{body[:MOST_PASTED]}\n") if part)


def keep(desk: Desk, *, files: Sequence[str], text: str) -> Path:
    """Put what came in into a folder of its own beside the index. Raises QuestionError, StoreError."""
    if not files and not text:
        raise QuestionError("choose files, or paste the text of an article")
    if len(files) > MOST_FILES:
        raise QuestionError(f"{len(files)} files are too many at once: add {MOST_FILES} at a time, or index a folder")
    folder = desk.uploads / f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True, mode=0o700)
        for number, file in enumerate(files):
            name = file_name(file)
            shutil.copyfile(file, folder / name if not (folder / name).exists() else folder / f"{number}-{name}")
        if text:
            (folder / "pasted.txt").write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise StoreError(f"cannot keep the articles in {folder}: {error.strerror or error}") from error
    return folder


def file_name(path: str) -> str:
    """The name of a file that was uploaded, without anything that leads elsewhere or hides it."""
    name = re.sub(r"[^\w.() -]", "_", re.split(r"[/\\]", path)[-1]).lstrip(".- ")
    stem, dot, ending = name.rpartition(".")
    return f"{stem[:80]}.{ending[:20]}" if dot and stem else (name[:80] or "file")


def report_html(report: IndexReport) -> Markup:
    """What was added, and what could not be read and why."""
    done = Markup(
        '<p role="status"><b>{:,}</b> added, {:,} updated, {:,} known already; {:,} claim{} found in {:.1f} s.</p>'
    ).format(
        report.added, report.updated, report.unchanged, report.claims, "" if report.claims == 1 else "s", report.seconds
    )
    if report.other_languages:
        done += Markup("<p>{}.</p>").format(render_languages(report.other_languages))
    if not report.failed:
        return Markup('<div class="report">{}</div>').format(done)
    more = len(report.failed) - MOST_TOLD
    return Markup('<div class="report">{}<p class="trouble">{:,} could not be read:</p><ul>{}</ul>{}</div>').format(
        done,
        len(report.failed),
        joined(map(_failure, report.failed[:MOST_TOLD])),
        Markup("<p>and {:,} more</p>").format(more) if more > 0 else NOTHING,
    )


def _failure(failure: Failure) -> Markup:
    record = f", record {failure.record}" if failure.record else ""
    return Markup("<li><b>{}{}</b>: {}</li>").format(Path(failure.path).name, record, failure.reason)


def _alert(said: str) -> Markup:
    return Markup('<p class="trouble" role="alert">{}</p>').format(said)
