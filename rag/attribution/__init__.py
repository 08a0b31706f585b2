"""Text -> claims: who said what, how, and through whom."""

from rag.attribution.claims import claims_of, extract_claims, load_extractor
from rag.attribution.extractor import Extractor, ExtractorName
from rag.attribution.rules import RuleExtractor

__all__ = ["Extractor", "ExtractorName", "RuleExtractor", "claims_of", "extract_claims", "load_extractor"]
