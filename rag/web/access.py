"""Who may come in: users with hashed passwords in a file, a log-in that is limited in its rate, and sessions.

users.toml has one table, `[users]`, of names and scrypt hashes; `python -m rag user NAME` writes an entry. The file is
read again when it changes, and a session ends when its user's entry does. Gradio's own log-in is not used: it sets a
cookie that every site may send (SameSite=None) and leaves the page's files open.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import os
import secrets
import threading
import time
import tomllib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rag.errors import SettingsError

_log = logging.getLogger(__name__)

COST = (
    2**15
)  # 32 MiB and some 0.1 s a try: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
_BLOCK, _LANES, _SALT, _KEY = 8, 3, 16, 32
LEAST_PASSWORD = 8
MOST_PASSWORD = 1000
SESSION_SECONDS = 12 * 3600
TRIES = 5
"""Failed log-ins from one address in `TRY_SECONDS`; for one name from everywhere four times as many."""
TRY_SECONDS = 300.0
MOST_SESSIONS = 10_000


def hash_password(password: str) -> str:
    """A password as it is stored: scrypt$n$r$p$salt$key, the last two in base64."""
    salt = secrets.token_bytes(_SALT)
    key = _derive(password, salt=salt, n=COST, r=_BLOCK, p=_LANES)
    return "$".join(("scrypt", str(COST), str(_BLOCK), str(_LANES), _text(salt), _text(key)))


def is_password(password: str, stored: str) -> bool:
    """Whether a password is the one that was stored."""
    _, n, r, p, salt, key = stored.split("$")
    derived = _derive(password, salt=base64.b64decode(salt), n=int(n), r=int(r), p=int(p))
    return hmac.compare_digest(derived, base64.b64decode(key))


def read_users(file: Path) -> dict[str, str]:
    """Names and hashes. Raises SettingsError for a file that is none of users, naming the entry."""
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8")).get("users", {})
    except OSError as error:
        raise SettingsError(
            f"cannot read {file} ({error.strerror}): make it with python -m rag user NAME --auth {file}"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} is not TOML ({error}): make it anew with python -m rag user NAME") from error
    if not isinstance(entries, dict) or not entries:
        raise SettingsError(f"{file} names no users: add one with python -m rag user NAME --auth {file}")
    for name, stored in entries.items():
        if not _is_hash(stored):
            raise SettingsError(f"{file}: the entry of {name!r} is no scrypt hash: run python -m rag user to set it")
    return entries


def write_user(file: Path, name: str, password: str) -> None:
    """Add a user or change a password; only the file's owner may read it. Raises SettingsError for a bad name."""
    if not name.strip() or not name.isprintable() or len(name) > 100:
        raise SettingsError("a user's name is 1 to 100 printable characters")
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise SettingsError(f"a password has {LEAST_PASSWORD} to {MOST_PASSWORD} characters")
    users = read_users(file) if file.exists() else {}
    users[name] = hash_password(password)
    lines = [f"{json.dumps(one, ensure_ascii=False)} = {json.dumps(stored)}" for one, stored in sorted(users.items())]
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            out.write("[users]\n" + "\n".join(lines) + "\n")
        new.replace(file)
    except OSError as error:
        raise SettingsError(f"cannot write {file}: {error.strerror or error}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who is logged in, with which stored hash, until when (of the monotonic clock)."""

    user: str
    stored: str
    until: float


@dataclass(slots=True)
class Access:
    """The users of a file and their sessions. Safe to use from several threads; `clock` is in seconds."""

    file: Path
    clock: Callable[[], float] = time.monotonic
    _users: dict[str, str] = field(default_factory=dict)
    _seen: tuple[int, int] = (0, 0)
    _sessions: dict[str, Session] = field(default_factory=dict)
    _failed: dict[str, deque[float]] = field(default_factory=dict)
    _hashing: threading.Lock = field(default_factory=threading.Lock)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._reload()

    def wait(self, name: str, address: str) -> float:
        """Seconds until another try to log in is taken; 0 where one is."""
        with self._lock:
            return max(self._left(f"from {address}", TRIES), self._left(f"as {name}", TRIES * 4))

    def log_in(self, name: str, password: str, address: str) -> str | None:
        """The token of a new session; None for a wrong name or password, which take the same time, or many tries."""
        if self.wait(name, address):
            return None
        self._reload()
        stored = self._users.get(name)
        with self._hashing:  # one at a time: each takes memory and a core
            fits = is_password(password[:MOST_PASSWORD], stored or _NOBODY)
        with self._lock:
            now = self.clock()
            if stored is None or not fits:
                for key in (f"from {address}", f"as {name}"):
                    if len(self._failed) >= MOST_SESSIONS:
                        self._failed.clear()
                    self._failed.setdefault(key, deque(maxlen=TRIES * 4)).append(now)
                return None
            self._sessions = {token: one for token, one in self._sessions.items() if one.until > now}
            while len(self._sessions) >= MOST_SESSIONS:
                del self._sessions[next(iter(self._sessions))]
            token = secrets.token_urlsafe(32)
            self._sessions[_digest(token)] = Session(user=name, stored=stored, until=now + SESSION_SECONDS)
        return token

    def user(self, token: str | None) -> str | None:
        """Whose session a token is; None where it is none, has ended, or its user's password was changed."""
        if not token:
            return None
        self._reload()
        session = self._sessions.get(_digest(token))
        if session is None or session.until <= self.clock() or self._users.get(session.user) != session.stored:
            return None
        return session.user

    def log_out(self, token: str | None) -> None:
        if token:
            self._sessions.pop(_digest(token), None)

    def _left(self, key: str, most: int) -> float:
        failed = self._failed.get(key)
        while failed and failed[0] <= self.clock() - TRY_SECONDS:
            failed.popleft()
        if not failed:
            self._failed.pop(key, None)
            return 0.0
        return failed[0] + TRY_SECONDS - self.clock() if len(failed) >= most else 0.0

    def _reload(self) -> None:
        try:
            now = self.file.stat()
            seen = (now.st_mtime_ns, now.st_size)
        except OSError:
            seen = (0, 0)
        if seen == self._seen:
            return
        try:
            self._users = read_users(self.file)
        except SettingsError:
            if self._seen == (0, 0):
                raise
            _log.exception("nobody can log in")
            self._users = {}
        self._seen = seen


def _derive(password: str, *, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"), salt=salt, n=n, r=r, p=p, maxmem=256 * n * r, dklen=_KEY
    )


def _is_hash(stored: object) -> bool:
    parts = stored.split("$") if isinstance(stored, str) else []
    if len(parts) != 6 or parts[0] != "scrypt" or not all(part.isdecimal() for part in parts[1:4]):
        return False
    n, r, p = map(int, parts[1:4])
    return 2**14 <= n <= 2**20 and n & (n - 1) == 0 and 1 <= r <= 32 and 1 <= p <= 16


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


_NOBODY = "$".join(("scrypt", str(COST), str(_BLOCK), str(_LANES), _text(bytes(_SALT)), _text(bytes(_KEY))))
