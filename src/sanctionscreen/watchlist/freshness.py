"""How a list stands on a day: fresh, ageing, stale, retired, missing or suspect, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sanctionscreen.errors import WatchlistError
from sanctionscreen.watchlist.catalogue import CatalogueEntry
from sanctionscreen.watchlist.store import Store
from sanctionscreen.watchlist.versions import Refusal, Version

_AGEING = 0.5
"""Part of its greatest age after which a list is ageing: ours, so that a failed update is seen in time."""
_MOST_REASON = 300


class State(StrEnum):
    """What the copy of a list that is held is worth."""

    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"
    RETIRED = "retired"
    MISSING = "missing"
    SUSPECT = "suspect"

    @property
    def is_usable(self) -> bool:
        """Good enough to screen with where the list is required."""
        return self in (State.FRESH, State.AGEING)


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of one list."""

    list: str
    state: State
    reason: str
    """One sentence."""
    version: Version | None = None
    checked_at: datetime | None = None
    """When the publisher was last asked, or the file was fetched by hand."""
    age_days: int | None = None


def status(entry: CatalogueEntry, store: Store, now: datetime, *, is_thorough: bool = False) -> Standing:
    """How a list stands.

    Args:
        is_thorough: compare every file held with its SHA-256; else only the pointer and the sizes are looked at.
    """
    try:
        held = store.current(entry.id)
        if held:
            store.check(held[0], is_thorough=is_thorough)
        refusal = store.last_refusal(entry.id)
    except WatchlistError as damaged:
        return Standing(entry.id, State.SUSPECT, str(damaged))
    if entry.is_retired(now.date()):
        version, checked_at = (held[0], held[1].checked_at) if held else (None, None)
        return _standing(entry, version, checked_at, State.RETIRED, _closed(entry), now)
    if held is None:
        how = f"`lists update {entry.id}`" if entry.can_be_fetched else f"`lists add FILE --as {entry.id}`"
        failed = f"; the last attempt failed: {_short(refusal.problem)}" if refusal else ""
        return Standing(entry.id, State.MISSING, f"not held; {how}{failed}")
    version, current = held
    state, reason = _aged(entry, current.checked_at, now)
    if refusal and refusal.at >= current.checked_at:
        if refusal.is_suspect:
            state = State.SUSPECT
        reason = f"{reason}; {_refused(refusal)}"
    if version.accepted:
        reason = f"{reason}; taken in spite of doubts: {_short(version.accepted)}"
    return _standing(entry, version, current.checked_at, state, reason, now)


def out_of_date(entry: CatalogueEntry, checked_at: datetime, now: datetime) -> str:
    """Why a copy of a list that was last checked then is too old now, or the list closed; empty where it is not."""
    if entry.is_retired(now.date()):
        return _closed(entry)
    state, reason = _aged(entry, checked_at, now)
    return reason if state is State.STALE else ""


def _closed(entry: CatalogueEntry) -> str:
    successor = f"; its successor is {entry.successor}" if entry.successor else ""
    return f"closed on {entry.retired_on}{successor}"


def _aged(entry: CatalogueEntry, checked_at: datetime, now: datetime) -> tuple[State, str]:
    age = _days(checked_at, now)
    most = entry.max_age_days
    if age < 0:
        return State.SUSPECT, f"as of {checked_at.date()}, which is still to come; is the clock right?"
    said = f"as of {checked_at.date()}, {age} day" + ("" if age == 1 else "s") + " old"
    if age > most:
        return State.STALE, f"{said}, more than the {most} allowed"
    return (State.AGEING if age > most * _AGEING else State.FRESH), f"{said}; {most} allowed"


def _standing(
    entry: CatalogueEntry,
    version: Version | None,
    checked_at: datetime | None,
    state: State,
    reason: str,
    now: datetime,
) -> Standing:
    age = _days(checked_at, now) if checked_at else None
    return Standing(entry.id, state, reason, version, checked_at, age)


def _days(since: datetime, now: datetime) -> int:
    return (now.astimezone(UTC).date() - since.astimezone(UTC).date()).days


def _refused(refusal: Refusal) -> str:
    what = "what came" if refusal.is_suspect else "the last update"
    said = "was not believed" if refusal.is_suspect else "failed"
    return f"{what} on {refusal.at.date()} {said}: {_short(refusal.problem)}"


def _short(text: str) -> str:
    return text if len(text) <= _MOST_REASON else text[:_MOST_REASON] + "…"
