"""What is installed with this program: nothing with an advisory that is known, and nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[1]

FLOORS = {
    "gradio": "6.21",  # GHSA-j36p-7w88-g82j, GHSA-7hp7-4p35-3cx2, GHSA-39mp-8hj3-5c49, CVE-2025-0187
    "langchain-core": "1.2.22",  # CVE-2025-68664, CVE-2026-34070
    "transformers": "5.3",  # CVE-2026-4372
    "torch": "2.6",  # CVE-2025-32434
    "pypdf": "6.12",  # memory and endless loops
}
"""The first version of each library without the advisories beside it."""


def requirements() -> dict[str, Requirement]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    given = [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]
    return {requirement.name.lower().replace("_", "-"): requirement for requirement in given}


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_version_below_a_floor_can_be_installed(name: str, floor: str) -> None:
    specifiers = list(requirements()[name].specifier)
    lowest = [Version(one.version) for one in specifiers if one.operator in {">=", "=="}]
    assert lowest, f"{name} has no least version"
    assert max(lowest) >= Version(floor)


def test_every_library_has_a_least_version() -> None:
    bare = [
        name for name, given in requirements().items() if not {one.operator for one in given.specifier} & {">=", "=="}
    ]
    assert bare == []


def test_the_lock_holds_every_library_at_a_version_that_is_allowed_with_hashes() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(
        r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.+-]+)[^\n]*((?:\n +--hash=sha256:[0-9a-f]{64}[ \\]*)+)", lines, re.MULTILINE
    )
    locked = {name.lower().replace("_", "-"): version for name, version, _ in pins}
    assert len(pins) == len(re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==", lines, re.MULTILINE)), "one has no hash"
    for name, given in requirements().items():
        assert given.specifier.contains(locked.get(name, "0"), prereleases=True), name


def test_no_file_names_a_place_to_install_from() -> None:
    """Whoever installs chooses their own index; a second one would also invite packages of the same name."""
    for path in ROOT.glob("requirements*"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|file:", text), path.name
