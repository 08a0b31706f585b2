"""What every command begins with: the settings and the index that the options name."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.settings import Settings

_OPTIONS = (
    "index host port auth allow_upload llm llm_base_url llm_timeout log_level log_format log_questions metrics".split()
)
"""The options that stand in place of a setting of the same name."""

AddCommand = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]
"""Adds a command: its name, what runs it, and what its help says. Returns its parser."""


def settings_of(args: argparse.Namespace) -> Settings:
    """The settings, with what the options say in place of them."""
    from rag.settings import load_settings

    given = {name: getattr(args, name, None) for name in _OPTIONS}
    given["allowed_hosts"] = tuple(hosts) if (hosts := getattr(args, "allowed_host", None)) else None
    return load_settings(**given)


def add_logging(parser: argparse.ArgumentParser) -> None:
    """The options that every command has."""
    logs = parser.add_argument_group("logs, on standard error")
    logs.add_argument("--log-level", choices=("debug", "info", "warning", "error"), help="from which level on")
    logs.add_argument("--log-format", choices=("text", "json"), help="as lines of text or of JSON")
    logs.add_argument("--log-questions", action="store_true", default=None, help="questions, too")


def open_named(args: argparse.Namespace) -> Assistant:
    """The named index, else that of the settings. Raises NoIndex where there is none."""
    from rag.assistant import Assistant

    return Assistant.open(settings_of(args), create=False)


def open_reading(args: argparse.Namespace) -> Assistant:
    """The named index, else that of the settings, else the sample, which is said."""
    from rag.assistant import Assistant

    if args.index:
        return open_named(args)
    assistant = Assistant.open_default(settings_of(args))
    if assistant.is_sample:
        print(
            "note: these are the sample articles, which are fictional; index your own with: python -m rag index PATH",
            file=sys.stderr,
        )
    return assistant


def print_markdown(text: str) -> None:
    """Print Markdown to the terminal."""
    from rich.console import Console
    from rich.markdown import Markdown

    Console(soft_wrap=False).print(Markdown(text, hyperlinks=False))
