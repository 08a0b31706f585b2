"""The settings: one frozen object, built at entry points only.

Every setting can be given in the environment as ATTEST_<NAME> (ATTEST_INDEX=/data/news), or in a file `.env`; a limit
as ATTEST_LIMITS__<NAME> (ATTEST_LIMITS__SECONDS=60).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import CorpusError
from corpus.limits import Limits
from rag.errors import SettingsError

DEFAULT_EMBEDDING = "onnx:all-MiniLM-L6-v2"


class Settings(BaseSettings):
    """What can be chosen. `docs/settings.md` explains each; a test holds the two together."""

    model_config = SettingsConfigDict(
        env_prefix="ATTEST_", env_nested_delimiter="__", env_file=".env", frozen=True, extra="ignore"
    )

    index: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("attest") / "index",
        description="Folder of the index that is used where no other is named.",
    )
    cache: Path = Field(
        default_factory=lambda: platformdirs.user_cache_path("attest"),
        description="Folder for converted model weights; safe to delete.",
    )
    embedding: str = Field(
        default=DEFAULT_EMBEDDING,
        description="Embedding model, as provider:name (onnx:, onnx-fp32: or huggingface:).",
    )
    attribution: Literal["rules", "combined"] = Field(
        default="combined",
        description="What finds attributions: the trained tagger with rules beside it, or rules alone.",
    )
    passage_size: int = Field(
        default=1000, ge=200, le=4000, description="Characters that a passage holds at about the most."
    )
    limits: Limits = Field(default_factory=Limits, description="What reading one file may cost at the most.")
    answer_claims: int = Field(default=8, ge=1, le=50, description="Claims that an answer shows at most.")
    answer_passages: int = Field(
        default=3, ge=0, le=20, description="Passages in an outlet's own words that an answer shows at most."
    )
    llm: str | None = Field(
        default=None, description="Language model that words answers, as provider:name (ollama:, openai: ...); none."
    )
    llm_base_url: str | None = Field(default=None, description="Address of a server that speaks the OpenAI protocol.")
    llm_timeout: float = Field(default=60.0, gt=0, description="Seconds that a language model may take.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="From which level on events are logged, to standard error."
    )
    log_format: Literal["text", "json"] = Field(default="text", description="Logs as lines of text or of JSON.")
    log_questions: bool = Field(default=False, description="Whether questions are written to the log.")
    metrics: bool = Field(default=False, description="Whether the web chat has /metrics.")
    host: str = Field(default="127.0.0.1", description="Address that the web chat listens on.")
    allowed_hosts: tuple[str, ...] = Field(
        default=(), description="Host names besides this machine's own that browsers may reach the web chat by."
    )
    auth: Path | None = Field(default=None, description="File of users who may log in to the web chat.")
    allow_upload: bool = Field(default=False, description="Whether readers of the web chat may add articles.")
    upload_bytes: int = Field(
        default=50_000_000, ge=1_000, description="Bytes that one upload to the web chat may have at the most."
    )
    port: int = Field(default=7860, ge=0, le=65535, description="Port of the web chat; 0 takes a free one.")


def load_settings(**given: Any) -> Settings:
    """Build the settings from what is given here, else the environment, else the defaults.

    Raises SettingsError, naming the setting, where a value cannot be used.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"setting {name}: {first['msg']} (got {first.get('input')!r}); see docs/settings.md"
        ) from error
    except CorpusError as error:
        raise SettingsError(f"setting limits: {error}; see docs/settings.md") from error
