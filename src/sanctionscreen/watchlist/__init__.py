"""What is listed and why: the evidence, the listed parties, and the places that lists name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanctionscreen.rooms import on_first_use

if TYPE_CHECKING:
    from sanctionscreen.watchlist.entities import ListInfo, UnnamedParty, Watchlist, load_entities
    from sanctionscreen.watchlist.geography import CountryList, Geography, Statistic, load_geography
    from sanctionscreen.watchlist.listfile import Heading
    from sanctionscreen.watchlist.places import OccupiedPlace
    from sanctionscreen.watchlist.seeds import Claim, Conflict, Document, Seeds, load_seeds

__all__ = [
    "Claim",
    "Conflict",
    "CountryList",
    "Document",
    "Geography",
    "Heading",
    "ListInfo",
    "OccupiedPlace",
    "Seeds",
    "Statistic",
    "UnnamedParty",
    "Watchlist",
    "load_entities",
    "load_geography",
    "load_seeds",
]

__getattr__ = on_first_use(
    __name__,
    {
        "Claim": "seeds",
        "Conflict": "seeds",
        "CountryList": "geography",
        "Document": "seeds",
        "Geography": "geography",
        "Heading": "listfile",
        "ListInfo": "entities",
        "OccupiedPlace": "places",
        "Seeds": "seeds",
        "Statistic": "geography",
        "UnnamedParty": "entities",
        "Watchlist": "entities",
        "load_entities": "entities",
        "load_geography": "geography",
        "load_seeds": "seeds",
    },
)
