"""What is listed and why: the evidence, the listed parties, and the places that lists name."""

from __future__ import annotations

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
