"""Where the stages meet: a Screener takes records, frames and files to assessments."""

from typing import TYPE_CHECKING

from sanctionscreen.rooms import on_first_use

if TYPE_CHECKING:
    from sanctionscreen.screening.explanation import Explanation, NearMiss
    from sanctionscreen.screening.listed import NameCheck
    from sanctionscreen.screening.run import Run
    from sanctionscreen.screening.screener import Screener

__all__ = ["Explanation", "NameCheck", "NearMiss", "Run", "Screener"]

__getattr__ = on_first_use(
    __name__,
    {
        "Explanation": "explanation",
        "NameCheck": "listed",
        "NearMiss": "explanation",
        "Run": "run",
        "Screener": "screener",
    },
)
