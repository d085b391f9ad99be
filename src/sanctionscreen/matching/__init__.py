"""Names to hits: comparison of two names, and an index that finds listed parties by name, identifier or address."""

from sanctionscreen.matching.comparison import compare_names
from sanctionscreen.matching.index import NameIndex
from sanctionscreen.matching.several import Indexes
from sanctionscreen.matching.weights import DEFAULT_THRESHOLD

__all__ = ["DEFAULT_THRESHOLD", "Indexes", "NameIndex", "compare_names"]
