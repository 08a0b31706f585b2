"""What a language model returned -> sentences with their numbers. Tolerant of the wrapping, strict about the content.

Small models running locally have no structured output, and a provider's is made of tools, which no model is given
here: the reply is JSON in plain text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, field_validator

LONGEST_REPLY = 20_000
"""Characters of a reply that are read."""
MOST_STARTS = 200
"""Places at which JSON is looked for."""
_THOUGHT = re.compile(r"^.*</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"\s*\[?\s*(\d{1,4})\s*\]?\s*")


class Sentence(BaseModel):
    """One sentence, and the numbers of the items that it rests on."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    text: str = Field(validation_alias=AliasChoices("text", "sentence"))
    numbers: tuple[int, ...] = Field(validation_alias=AliasChoices("numbers", "number", "citations", "sources"))

    @field_validator("numbers", mode="before")
    @classmethod
    def _read_numbers(cls, value: Any) -> tuple[int, ...]:
        listed = value if isinstance(value, list | tuple) else [value]
        return tuple(_number(entry) for entry in listed)


class Reply(BaseModel):
    """The sentences of a reply; `malformed` counts what was none, `cut` says that it broke off."""

    model_config = ConfigDict(frozen=True)

    sentences: tuple[Sentence, ...]
    malformed: int = 0
    cut: bool = False


def read_reply(text: str) -> Reply | None:
    """The sentences of a reply, None where there is nothing of the form that was asked for.

    A reply that breaks off gives the sentences that are whole.
    """
    said = _THOUGHT.sub("", text[:LONGEST_REPLY])
    loose: list[Any] = []
    for value in _values(said):
        listed = value.get("sentences") if isinstance(value, dict) else value
        if isinstance(listed, list) and (isinstance(value, dict) or any(isinstance(entry, dict) for entry in listed)):
            return _checked(listed)
        if isinstance(value, dict) and {"text", "sentence"} & value.keys():
            loose.append(value)
    return _checked(loose, cut=True) if loose else None


def _checked(listed: list[Any], *, cut: bool = False) -> Reply:
    sentences: list[Sentence] = []
    malformed = 0
    for entry in listed:
        try:
            sentences.append(Sentence.model_validate(entry))
        except ValidationError:
            malformed += 1
    return Reply(sentences=tuple(sentences), malformed=malformed, cut=cut)


def _values(text: str) -> Iterator[Any]:
    """Every JSON object and list in a text, outermost first, in order."""
    decoder = json.JSONDecoder()
    at = 0
    for _ in range(MOST_STARTS):
        found = re.compile(r"[{\[]").search(text, at)
        if found is None:
            return
        try:
            value, at = decoder.raw_decode(text, found.start())
        except ValueError:
            at = found.end()
            continue
        except RecursionError:
            return
        yield value


def _number(entry: Any) -> int:
    if isinstance(entry, int) and not isinstance(entry, bool):
        return entry
    found = _NUMBER.fullmatch(entry) if isinstance(entry, str) else None
    if found is None:
        raise ValueError("not the number of an item")
    return int(found[1])
