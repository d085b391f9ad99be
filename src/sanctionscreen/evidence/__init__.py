"""The evidence: from a document to its claims, to list entries, goods and rules, and back."""

from sanctionscreen.evidence.index import EvidenceIndex, EvidenceNode
from sanctionscreen.evidence.loaded import index_of

__all__ = ["EvidenceIndex", "EvidenceNode", "index_of"]
