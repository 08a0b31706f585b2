"""The language model that may word an answer: made by name, or given; asked once, with a deadline, without tools."""

from __future__ import annotations

import ipaddress
import logging
import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from rag.errors import ModelError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

logger = logging.getLogger(__name__)

TIMEOUT = 60.0
"""Seconds that a model has for its whole reply."""
MOST_CHARACTERS = 20_000
"""A reply is read no further than this."""
_OLLAMA = "http://127.0.0.1:11434"
_LIMITED = frozenset({"openai", "azure_openai", "anthropic"})
"""Providers whose clients take `timeout` and `max_retries`; the deadline holds for all of them."""
_ENDPOINTS = ("openai_api_base", "azure_endpoint", "anthropic_api_url", "base_url", "endpoint_url", "endpoint")
_IN_PROCESS = ("langchain_core.", "langchain_community.chat_models.llamacpp")
_PACKAGES = {"azure_openai": "langchain-openai", "google_genai": "langchain-google-genai", "bedrock": "langchain-aws"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatModel:
    """A LangChain chat model, the name that it is shown under, and whether words sent to it leave this machine."""

    name: str
    model: BaseChatModel
    is_remote: bool

    @property
    def label(self) -> str:
        return f"{self.name} ({'remote' if self.is_remote else 'on this machine'})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What a model said, or, where it said nothing that can be used, why, in a few words of this program's own."""

    text: str = ""
    failure: str | None = None


def load_chat_model(model: str | BaseChatModel, *, base_url: str | None = None, timeout: float = TIMEOUT) -> ChatModel:
    """A chat model by "provider:name", made by LangChain's `init_chat_model`, or the LangChain model that is given.

    `base_url` names a server that speaks the provider's protocol, such as llama.cpp or vLLM for openai. `timeout` is
    in seconds. Nothing is sent yet. Raises ModelError for a name that cannot be used and a package that is not
    installed, and says what to install.
    """
    if not isinstance(model, str):
        return ChatModel(name=_name_of(model), model=model, is_remote=_is_remote(model))
    provider, _, name = model.strip().partition(":")
    if not (provider and name):
        raise ModelError(f"no language model is called {model!r}: name it as provider:name, such as ollama:llama3.1")
    made = _make(provider, name, _options(provider, base_url=base_url, timeout=timeout))
    return ChatModel(name=f"{provider}:{name}", model=made, is_remote=_is_remote(made))


def ask_model(chat: ChatModel, messages: Sequence[BaseMessage], *, timeout: float = TIMEOUT) -> Spoken:
    """Put messages to a model and wait for its whole reply, `timeout` seconds at most. Never raises for the model.

    The reply is streamed, so that a model that drips or never ends is left as soon as the time is up. Nothing is
    traced: an environment that sends LangChain's runs to a service does not get the articles.
    """
    said: list[str] = []
    failed: list[Exception] = []
    given_up = threading.Event()

    def listen() -> None:
        try:
            _listen(chat.model, messages, said=said, given_up=given_up)
        except Exception as error:
            failed.append(error)

    listener = threading.Thread(target=listen, name="language model", daemon=True)
    listener.start()
    listener.join(timeout)
    given_up.set()
    if listener.is_alive():
        logger.warning("%s did not answer within %g seconds", chat.name, timeout)
        return Spoken(failure=f"it did not answer within {timeout:g} seconds")
    if failed:
        logger.warning("%s failed: %s", chat.name, _line(failed[0]))
        return Spoken(failure=_reason(failed[0], timeout=timeout))
    text = "".join(said)
    return Spoken(text=text) if text.strip() else Spoken(failure="its reply was empty")


def _listen(
    model: BaseChatModel, messages: Sequence[BaseMessage], *, said: list[str], given_up: threading.Event
) -> None:
    from langsmith import tracing_context

    size = 0
    with tracing_context(enabled=False):
        for chunk in model.stream(list(messages)):
            said.append(str(chunk.text))
            size += len(said[-1])
            if given_up.is_set() or size > MOST_CHARACTERS:
                return


def _make(provider: str, name: str, options: Mapping[str, Any]) -> BaseChatModel:
    package = _PACKAGES.get(provider, f"langchain-{provider.replace('_', '-')}")
    try:
        from langchain.chat_models import init_chat_model
    except ImportError as error:
        raise ModelError(
            f"a language model needs a package that is not here: pip install langchain {package}"
        ) from error
    try:
        made: BaseChatModel = init_chat_model(name, model_provider=provider, **options)
    except ImportError as error:
        raise ModelError(f"{provider}:{name} needs a package that is not here: pip install {package}") from error
    except Exception as error:
        raise ModelError(
            f"{provider}:{name} cannot be used ({_line(error)}): check its name and, for a service, its key"
        ) from error
    return made


def _options(provider: str, *, base_url: str | None, timeout: float) -> dict[str, Any]:
    options: dict[str, Any] = {"base_url": base_url} if base_url else {}
    if provider in _LIMITED:
        options |= {"timeout": timeout, "max_retries": 0}
    if provider == "ollama":
        options["client_kwargs"] = {"timeout": timeout}
    if provider == "openai" and base_url and not os.environ.get("OPENAI_API_KEY"):
        options["api_key"] = "none"  # a local server asks for none, its client does
    return options


def _name_of(model: BaseChatModel) -> str:
    named = next((value for key in ("model_name", "model") if isinstance(value := getattr(model, key, None), str)), "")
    return f"{type(model).__name__} {named}".strip()


def _is_remote(model: BaseChatModel) -> bool:
    """Whether words sent to a model leave this machine; where that cannot be seen, they may."""
    if type(model).__module__.startswith(_IN_PROCESS):
        return False
    endpoint = _endpoint(model)
    host = urlsplit(endpoint if "//" in endpoint else f"//{endpoint}").hostname if endpoint else None
    proxied = bool(host and getproxies() and not proxy_bypass(host))  # clients send even loopback through a proxy
    return not (host and _is_loopback(host)) or proxied


def _endpoint(model: BaseChatModel) -> str | None:
    """The address that a model's client calls, as far as its attributes tell."""
    client = getattr(getattr(model, "root_client", None), "base_url", None)
    if client:
        return str(client)
    for name in _ENDPOINTS:
        value = getattr(model, name, None)
        if isinstance(value, str) and value:
            return value
    if type(model).__name__ == "ChatOllama":
        return os.environ.get("OLLAMA_HOST") or _OLLAMA
    return None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _reason(error: Exception, *, timeout: float) -> str:
    """Why a call failed. A server's own words are not repeated: they are no part of an answer."""
    kind = type(error).__name__
    status = getattr(error, "status_code", None)
    if isinstance(error, TimeoutError) or "Timeout" in kind:
        return f"it did not answer within {timeout:g} seconds"
    if isinstance(status, int):
        return f"its server answered with status {status}"
    if isinstance(error, ConnectionError) or "Connect" in kind or "Connection" in kind:
        return "it cannot be reached"
    return f"its reply could not be read ({kind})"


def _line(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 200 else text[:199] + "…"
