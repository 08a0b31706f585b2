"""Text of a page is found, or the page is a problem: a marked sentence is never lost in silence, wherever it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus import Article, Problem, read_file

MARK = "The marked sentence about the sluice at Esterby stands in this very place, the warden said on Friday."
PROSE = [
    "The dam above Lowmarsh held through the night although the water stood only forty centimetres below its crest.",
    "“Nobody was hurt, and nobody will be,” said Ada Wick, who leads the fire service of the district of Esterby.",
    "Two villages were cleared on Tuesday evening, and their people slept in a school until the level began to fall.",
    "The water board, which owns the dam, said that it had asked an engineer from abroad to look at the northern gate.",
    "The reservoir feeds three towns, and none of them was without water at any time, the board wrote in a statement.",
]
PARAGRAPHS = [f"<p>{line}</p>" for line in PROSE]
MARKED = f"<p>{MARK}</p>"
WHOLE = "".join([*PARAGRAPHS[:3], MARKED, *PARAGRAPHS[3:]])


def page(body: str, *, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>Lowmarsh dam holds</title>{head}</head><body>{body}</body></html>"


def nested(depth: int, inner: str, *, tag: str = "div") -> str:
    return f"<{tag}>" * depth + inner + f"</{tag}>" * depth


def described(text: str) -> str:
    data = {"@type": "NewsArticle", "headline": "Lowmarsh dam holds", "articleBody": text}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


ARTICLE = f"<article><h1>Lowmarsh dam holds</h1>{WHOLE}</article>"
FEW = f"<article><h1>Lowmarsh dam holds</h1>{PARAGRAPHS[0]}</article>"
LONG = "water " * 2_000_000
SHOWN = {
    **{
        f"all of it {depth} deep": page(nested(depth, ARTICLE))
        for depth in (100, 240, 256, 300, 1000, 2000, 3000, 20_000)
    },
    **{
        f"its last paragraph {depth} deep": page(f"<article>{''.join(PARAGRAPHS)}{nested(depth, MARKED)}</article>")
        for depth in (240, 300, 1000, 3000, 20_000)
    },
    **{
        f"its first paragraph {depth} deep": page(f"<article>{nested(depth, MARKED)}{''.join(PARAGRAPHS)}</article>")
        for depth in (300, 3000)
    },
    "in the middle, 300 spans deep": page(
        f"<article>{''.join(PARAGRAPHS)}<p>{nested(300, MARK, tag='span')}</p>{PARAGRAPHS[0]}</article>"
    ),
    "behind 10 MB in one paragraph": page(f"<article>{''.join(PARAGRAPHS)}<p>{LONG}.</p>{MARKED}</article>"),
    "in a paragraph of 10 MB": page(f"<article>{''.join(PARAGRAPHS)}<p>{LONG} {MARK}</p></article>"),
    "behind 10 MB of script": page(f"<script>var a = '{LONG}';</script>{ARTICLE}"),
    "behind 10 MB of comment": page(f"<!-- {LONG} -->{ARTICLE}"),
    "in noscript": page(f"<div id='app'></div><noscript>{ARTICLE}</noscript>"),
    "in noscript below a teaser": page(f"{FEW}<noscript>{ARTICLE}</noscript>"),
    "in a template": page(f"<template id='story'>{ARTICLE}</template><div id='app'></div>"),
    "in a template below a teaser": page(f"{FEW}<template>{ARTICLE}</template>"),
    "in a declared shadow root": page(f"<x-story><template shadowrootmode='open'>{ARTICLE}</template></x-story>"),
    "in a script template": page(f"<div id='app'></div><script type='text/template'>{ARTICLE}</script>"),
    "in a Handlebars template": page(f"{FEW}<script type='text/x-handlebars-template'>{ARTICLE}</script>"),
    "in JSON-LD alone": page("<div id='app'></div>", head=described("\n\n".join([*PROSE, MARK]))),
    "in JSON-LD below a teaser": page(FEW, head=described("\n\n".join([*PROSE, MARK]))),
    "as markup in JSON-LD": page(FEW, head=described(WHOLE)),
    "in an article hidden until a script shows it": page(f"<article style='display:none'>{WHOLE}</article>"),
    "in an article with the attribute hidden": page(f"<article hidden>{WHOLE}</article>"),
    "in a table that lays the page out": page(f"<table><tr><td>Menu</td><td>{WHOLE}</td></tr></table>"),
    "in lines broken by br": page("<div id='story'>" + "<br><br>".join([*PROSE[:3], MARK, *PROSE[3:]]) + "</div>"),
    "in divs without paragraphs": page(
        "<div class='story'>" + "".join(f"<div>{line}</div>" for line in [*PROSE[:3], MARK, *PROSE[3:]]) + "</div>"
    ),
    "in preformatted text": page("<pre>" + "\n\n".join([*PROSE[:3], MARK, *PROSE[3:]]) + "</pre>"),
    "in paragraphs that are never closed": page(ARTICLE.replace("</p>", "")),
    "in tags that close in the wrong order": page(ARTICLE.replace("<p>", "<p><b><i>").replace("</p>", "</b></p></i>")),
    "in capital tags": page(ARTICLE.replace("<p>", "<P>").replace("</p>", "</P>")),
    "in XHTML": '<?xml version="1.0" encoding="utf-8"?>' + page(ARTICLE).replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml">'),
    "in a quotation": page(ARTICLE.replace(MARKED, f"<blockquote>{MARKED}</blockquote>")),
    "in a list": page(ARTICLE.replace(MARKED, f"<ul><li>{MARK}</li><li>Another point of the same list.</li></ul>")),
    "in a sub-heading": page(ARTICLE.replace(MARKED, f"<h2>{MARK}</h2>")),
    "in a class that names a newsletter": page(f"<div class='has-newsletter promo'>{ARTICLE}</div>"),
    "in a class that names sharing": page(f"<div class='share-container'>{ARTICLE}</div>"),
    "in an aside that is the article": page(f"<aside>{ARTICLE}</aside>"),
    "in a form, as old publishing systems do": page(f"<form id='aspnetForm'>{ARTICLE}</form>"),
    "behind a NUL": page(ARTICLE.replace(MARK, f"\0{MARK}")),
    "without html and body": ARTICLE,
}  # fmt: skip


FOUND = {
    "all of it 300 deep", "its last paragraph 1000 deep", "behind 10 MB in one paragraph", "in noscript",
    "in noscript below a teaser", "in a template", "in a script template", "in JSON-LD alone",
    "in JSON-LD below a teaser", "as markup in JSON-LD", "in a table that lays the page out", "in lines broken by br",
    "in a class that names a newsletter", "in a form, as old publishing systems do",
}  # fmt: skip
"""What browsers show and publishers declare: here a problem is not enough."""


@pytest.mark.parametrize("where", SHOWN)
def test_a_marked_sentence_is_found_or_the_page_is_a_problem(tmp_path: Path, where: str) -> None:
    path = tmp_path / "dam.html"
    path.write_text(SHOWN[where])
    (found,) = read_file(path)
    if isinstance(found, Problem) and where not in FOUND:
        assert found.reason
    else:
        assert isinstance(found, Article), found
        assert MARK in found.text


def test_there_are_forty_places_and_more() -> None:
    assert len(SHOWN) >= 40
    assert set(SHOWN) >= FOUND
