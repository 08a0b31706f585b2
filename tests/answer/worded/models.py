"""Language models that say what a test tells them to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from rag.answer.worded import ChatModel


class ScriptedModel(BaseChatModel):
    """Says what `script` makes of the prompt; an exception that it raises is the model's."""

    script: Callable[[str], str]

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        said = self.script("\n".join(str(message.text) for message in messages))
        return ChatResult(generations=[ChatGeneration(message=AIMessage(said))])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        said = self.script("\n".join(str(message.text) for message in messages))
        for at in range(0, len(said), 50):
            yield ChatGenerationChunk(message=AIMessageChunk(content=said[at : at + 50]))


def saying(text: str) -> ChatModel:
    """A model of LangChain's own that says this, word by word."""
    model = GenericFakeChatModel(messages=iter([AIMessage(text)]))
    return ChatModel(name="scripted", model=model, is_remote=False)


def scripted(script: Callable[[str], str]) -> ChatModel:
    return ChatModel(name="scripted", model=ScriptedModel(script=script), is_remote=False)


def reply(*sentences: tuple[str, Sequence[object]]) -> str:
    """A reply in the form that is asked for."""
    return json.dumps({"sentences": [{"text": text, "numbers": list(numbers)} for text, numbers in sentences]})
