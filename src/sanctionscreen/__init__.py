"""Screen shipments and invoices for sanctions and dual-use risk around Russia: parties, goods, routes and documents.

>>> from sanctionscreen import Screener
>>> screener = Screener.default()
>>> screener.screen({"consignee.name": "Synthetic Appliances", "goods.hs_code": "8418.69"}).decision.outcome
<Outcome.CLEAR: 'clear'>
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sanctionscreen.version import __version__ as __version__

if TYPE_CHECKING:
    from sanctionscreen.errors import InputError, RuleError, SanctionScreenError, WatchlistError
    from sanctionscreen.matching import DEFAULT_THRESHOLD, NameIndex, compare_names
    from sanctionscreen.model import Assessment, Decision, Finding, Hit, ListedParty, NameComparison, Outcome
    from sanctionscreen.records import GoodsLine, Party, Shipment
    from sanctionscreen.screening import Screener

# Rooms load on first use, so that a program which imports the package pays only for what it calls.
_HOME = {
    "Assessment": "model",
    "DEFAULT_THRESHOLD": "matching",
    "Decision": "model",
    "Finding": "model",
    "GoodsLine": "records",
    "Hit": "model",
    "InputError": "errors",
    "ListedParty": "model",
    "NameComparison": "model",
    "NameIndex": "matching",
    "Outcome": "model",
    "Party": "records",
    "RuleError": "errors",
    "SanctionScreenError": "errors",
    "Screener": "screening",
    "Shipment": "records",
    "WatchlistError": "errors",
    "compare_names": "matching",
}

__all__ = [
    "DEFAULT_THRESHOLD",
    "Assessment",
    "Decision",
    "Finding",
    "GoodsLine",
    "Hit",
    "InputError",
    "ListedParty",
    "NameComparison",
    "NameIndex",
    "Outcome",
    "Party",
    "RuleError",
    "SanctionScreenError",
    "Screener",
    "Shipment",
    "WatchlistError",
    "compare_names",
]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"sanctionscreen.{_HOME[name]}"), name)
    raise AttributeError(f"module 'sanctionscreen' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
