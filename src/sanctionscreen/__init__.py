"""Screen shipments and invoices for sanctions and dual-use risk around Russia: parties, goods, routes and documents.

>>> from sanctionscreen import Screener
>>> screener = Screener.default()
>>> screener.screen({"consignee.name": "Synthetic Appliances", "goods.hs_code": "8418.69"}).decision.outcome
<Outcome.CLEAR: 'clear'>
"""

from typing import TYPE_CHECKING

from sanctionscreen.rooms import on_first_use
from sanctionscreen.version import __version__ as __version__

if TYPE_CHECKING:
    from sanctionscreen.errors import InputError, RuleError, SanctionScreenError, WatchlistError
    from sanctionscreen.matching import DEFAULT_THRESHOLD, NameIndex, compare_names
    from sanctionscreen.model import Assessment, Decision, Finding, Hit, ListedParty, NameComparison, Outcome
    from sanctionscreen.records import GoodsLine, Party, Shipment
    from sanctionscreen.screening import Screener

_HOMES = {
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


__getattr__ = on_first_use(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
