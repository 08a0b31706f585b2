"""Text -> claims: who said what, how, and through whom."""

from rag.attribution.claims import claims_of, default_extractor, extract_claims
from rag.attribution.extractor import Extractor
from rag.attribution.rules import RuleExtractor

__all__ = ["Extractor", "RuleExtractor", "claims_of", "default_extractor", "extract_claims"]
