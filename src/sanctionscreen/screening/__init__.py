"""Where the stages meet: a Screener takes records, frames and files to assessments."""

from sanctionscreen.screening.explanation import Explanation, NameCheck, NearMiss
from sanctionscreen.screening.run import Run
from sanctionscreen.screening.screener import Screener

__all__ = ["Explanation", "NameCheck", "NearMiss", "Run", "Screener"]
