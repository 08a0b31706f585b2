"""Settings come from arguments, the environment or the defaults, and a bad one is named."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from corpus.limits import Limits
from rag.errors import SettingsError
from rag.settings import Settings, load_settings

DOCS = Path(__file__).parent.parent / "docs" / "settings.md"


def test_what_is_given_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_PORT", "8001")
    assert load_settings().port == 8001
    assert load_settings(port=8002).port == 8002


@pytest.mark.parametrize(("name", "value"), [("port", "many"), ("port", 70000), ("passage_size", 5)])
def test_a_setting_that_cannot_be_used_is_named(name: str, value: object) -> None:
    with pytest.raises(SettingsError, match=f"setting {name}: "):
        load_settings(**{name: value})


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(Exception, match="frozen"):
        load_settings().port = 1


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    assert f"| `{name}` |" in DOCS.read_text(encoding="utf-8")


def test_a_limit_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_LIMITS__SECONDS", "90")
    assert load_settings().limits == Limits(seconds=90)


@pytest.mark.parametrize(("value", "said"), [("many", "limits.seconds"), ("0", "the limit seconds")])
def test_a_limit_that_cannot_be_used_is_named(value: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTEST_LIMITS__SECONDS", value)
    with pytest.raises(SettingsError, match=said):
        load_settings()


@pytest.mark.parametrize("limit", fields(Limits), ids=lambda limit: limit.name)
def test_every_limit_is_documented_with_its_default(limit: Any) -> None:
    assert f"| `{limit.name}` | {limit.default:,.0f} |" in DOCS.read_text(encoding="utf-8")
