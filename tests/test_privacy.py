"""Nothing here speaks to another machine, nor looks one up, unless it was asked to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

WATCH = """
import sys
LOCAL = {"127.0.0.1", "::1", "localhost", None, ""}
def note(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and address[0] not in LOCAL:
            print("CONNECTED", address, flush=True)
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"} and arguments[0] not in LOCAL:
        print("LOOKED UP", arguments[0], flush=True)
sys.addaudithook(note)
"""


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", WATCH + code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_the_watch_sees_what_it_is_for() -> None:
    told = run(
        "import socket\n"
        "try: socket.getaddrinfo('gazette.invalid', 80)\n"
        "except OSError: pass\n"
        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('192.0.2.1', 9))\n"
    )
    assert "LOOKED UP gazette.invalid" in told
    assert "CONNECTED ('192.0.2.1', 9)" in told


def test_indexing_and_asking_the_sample_is_private(tmp_path: Path) -> None:
    index = str(tmp_path / "index")
    told = run(
        "import rag, rag.__main__ as cli\n"
        "from rag.opened import SAMPLE\n"
        f"assert cli.main(['index', str(SAMPLE), '--index', {index!r}]) == 0\n"
        f"assert cli.main(['ask', 'Who reported the civilian deaths?', '--index', {index!r}]) == 0\n"
        f"assert cli.main(['claims', '--about', 'the leak', '--json', '--index', {index!r}]) == 0\n"
        f"assert cli.main(['status', '--index', {index!r}]) == 0\n"
        f"rag.Assistant.open({index!r}).rebuild()\n"
        "print(rag.extract_claims('The bridge opens in May, said Mayor Ana Ruiz.'))\n"
    )
    assert "Ana Ruiz" in told
    assert "CONNECTED" not in told
    assert "LOOKED UP" not in told
