"""Articles in: files read, told apart from what is stored, attributed, embedded and written to the ledger."""

from rag.index.drafts import PIPELINE_VERSION, claim_pieces, claim_text, embed_drafts, passage_text
from rag.index.pipeline import Pipeline
from rag.index.progress import Progress, Teller

__all__ = [
    "PIPELINE_VERSION",
    "Pipeline",
    "Progress",
    "Teller",
    "claim_pieces",
    "claim_text",
    "embed_drafts",
    "passage_text",
]
