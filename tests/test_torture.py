"""The campaigns' own frame: what is not measured is not met."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.torture import hostile, site, tested
from benchmarks.torture.__main__ import exit_status, line_of, main, run_apart, run_row
from benchmarks.torture.result import Result, not_run, share_of


def result(ok: bool | None) -> Result:
    return Result(row=1, threat="a flood", target="dry", measured="dry", ok=ok, detail="no water here")


@pytest.mark.parametrize(
    ("oks", "status"), [([True, True], 0), ([True, False, None], 1), ([True, None], 3), ([None], 3), ([False], 1)]
)
def test_only_rows_that_are_met_are_green(oks: list[bool | None], status: int) -> None:
    assert exit_status([result(ok) for ok in oks]) == status


def test_a_row_that_was_not_run_says_why() -> None:
    line = line_of(not_run(29, threat="a page without keys", target="0", reason="no browser is installed"), 0.1)
    assert "not run" in line
    assert "no browser is installed" in line


def test_a_row_without_a_module_is_missed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("benchmarks.torture.__main__.__file__", str(tmp_path / "__main__.py"))
    missing = run_apart(7, seed=1, share=1)
    assert missing.ok is False
    assert "row07.py" in missing.detail


def test_a_campaign_that_breaks_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = ModuleType("broken")
    broken.run = lambda seed, share: 1 / 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "benchmarks.torture.row07", broken)
    assert run_row(7, seed=1, share=1).ok is False


def test_a_share_is_never_nothing() -> None:
    assert [share_of(200, share) for share in (1, 0.5, 0.001)] == [200, 100, 1]


@pytest.mark.parametrize("share", ["0", "1.5", "-1"])
def test_a_share_that_is_none_is_refused(share: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--row", "16", "--share", share])
    assert stopped.value.code == 2


def test_a_row_runs_in_a_process_of_its_own_and_can_be_told_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--row", "15", "--share", "0.001", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["row"], told["status"]) == (15, "met")


def test_tests_are_counted_and_an_expected_failure_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "test_flood.py").write_text(
        "import pytest\ndef test_dry(): pass\ndef test_wet(): assert 0, 'water'\n"
        "@pytest.mark.skip(reason='no boat')\ndef test_boat(): pass\n"
        "@pytest.mark.xfail(reason='known leak')\ndef test_leak(): assert 0\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(tested, "ROOT", tmp_path)
    done = tested.run_tests("test_flood.py")
    assert (done.passed, len(done.failed), len(done.skipped), done.ok) == (1, 2, 1, False)
    assert "known leak" in done.detail
    only_skipped = tested.run_tests("test_flood.py::test_dry", "test_flood.py::test_boat")
    assert only_skipped.ok is None
    with pytest.raises(FileNotFoundError):
        tested.run_tests("test_renamed.py")


@pytest.mark.skipif(site.CHROMIUM is None, reason="no chromium here: apt-get install chromium")
def test_the_look_at_a_page_finds_whatever_an_unsafe_page_lets_through() -> None:
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    assert hostile.missed(hostile.scripts(len(hostile.TAGS))[::3]) == []


@pytest.mark.skipif(site.CHROMIUM is None, reason="no chromium here: apt-get install chromium")
def test_the_look_at_a_page_takes_an_address_by_what_it_leads_to() -> None:
    """A query that says "javascript:" is another site's to read; a tab in a scheme hides it from nobody."""
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    link = "<a href='https://lantern.example/?[x](javascript:window.pwned=1)'>x</a>"
    assert hostile.missed([link, "<a href='java\tscript:window.pwned=1'>x</a>"]) == [link]
