"""Other open matchers on the same questions: rapidfuzz over every listed name, and nomenklatura's logic-v2.

rapidfuzz: WRatio and token_set_ratio against every listed name, hit from 85, the cutoff commonly taken. Names are
romanised by anyascii, without which nothing is found across scripts; `default_process` takes out case and punctuation.
logic-v2: the fifty entries nearest by WRatio, hit from 0.70, which its authors' server takes. Cells with several
parties, or words around the name, reach them as they are.
nomenklatura needs ICU to build: apt-get install libicu-dev pkg-config, then pip install --group bench.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt
from answers import Found, Matcher
from anyascii import anyascii
from near_miss import Pair
from questions import Question
from rapidfuzz import fuzz, process, utils
from shared_lists import Entry

CUTOFF = 85.0
LOGIC_CUTOFF = 0.7
_AT_ONCE = 25
_NAMES = 400
_CANDIDATES = 50
_SCHEMAS = {"person": "Person", "company": "Company", "vessel": "Vessel", "aircraft": "Airplane", "any": "LegalEntity"}


def peers(entries: Sequence[Entry]) -> list[Matcher]:
    """Every other matcher that is installed."""
    brute = [Brute("WRatio", fuzz.WRatio, entries), Brute("token_set_ratio", fuzz.token_set_ratio, entries)]
    return [*brute, *([LogicV2(brute[0])] if _logic() else [])]


def comparers() -> dict[str, tuple[Callable[[Pair], float], float]]:
    """Each other matcher's comparison of two names, and its threshold."""

    def by(scorer: Callable[..., float]) -> Callable[[Pair], float]:
        return lambda pair: scorer(pair.left, pair.right, processor=_plain)

    found = {"WRatio": (by(fuzz.WRatio), CUTOFF), "token_set_ratio": (by(fuzz.token_set_ratio), CUTOFF)}
    if _logic():
        found["logic-v2"] = (_logic_pair, LOGIC_CUTOFF)
    return found


def _plain(text: str) -> str:
    return utils.default_process(anyascii(text))


class Brute:
    """One scorer of rapidfuzz over every listed name."""

    def __init__(self, name: str, scorer: Callable[..., float], entries: Sequence[Entry]) -> None:
        self.name = name
        self.threshold = CUTOFF
        self.entries = {entry.key: entry for entry in entries}
        self._scorer = scorer
        self._names = [(entry.key, text) for entry in entries for text, _ in entry.names]
        self._nearest: dict[str, list[Found]] = {}
        self._listed = [_plain(text) for _, text in self._names]

    def answer(self, questions: Sequence[Question], floor: float) -> list[list[Found]]:
        lowest = floor * self.threshold
        ranked = self.nearest([question.text for question in questions])
        return [[found for found in some if found.score >= lowest][:20] for some in ranked]

    def nearest(self, texts: Sequence[str]) -> list[list[Found]]:
        """For each text the entries of the most alike names, best first; each text is compared once."""
        new = [text for text in dict.fromkeys(texts) if text not in self._nearest]
        for start in range(0, len(new), _AT_ONCE):
            asked = new[start : start + _AT_ONCE]
            plain = [_plain(text) for text in asked]
            scores = process.cdist(plain, self._listed, scorer=self._scorer, workers=-1, dtype=np.float32)
            self._nearest |= {text: self._best(row) for text, row in zip(asked, scores, strict=True)}
        return [self._nearest[text] for text in texts]

    def _best(self, scores: npt.NDArray[np.float32]) -> list[Found]:
        best = np.argpartition(-scores, _NAMES)[:_NAMES]
        found: dict[str, Found] = {}
        for at in best[np.lexsort((best, -scores[best]))].tolist():
            key, text = self._names[at]
            found.setdefault(key, Found(key, text, float(scores[at])))
        return list(found.values())


class LogicV2:
    """nomenklatura's logic-v2 on what WRatio finds."""

    name = "logic-v2"
    threshold = LOGIC_CUTOFF

    def __init__(self, brute: Brute) -> None:
        self._brute = brute
        self._known: dict[str, Any] = {}

    def answer(self, questions: Sequence[Question], floor: float) -> list[list[Found]]:
        near = self._brute.nearest([question.text for question in questions])
        return [
            self._judged(q, some[:_CANDIDATES], floor * self.threshold) for q, some in zip(questions, near, strict=True)
        ]

    def _judged(self, question: Question, candidates: Sequence[Found], lowest: float) -> list[Found]:
        asked = _proxy(f"asked {question.text}", question.kind, [(question.text, "primary")])
        scored = [found._replace(score=_compare(asked, self._proxy_of(found.key))) for found in candidates]
        return sorted((found for found in scored if found.score >= lowest), key=lambda found: -found.score)[:20]

    def _proxy_of(self, key: str) -> Any:
        if key not in self._known:
            entry = self._brute.entries[key]
            self._known[key] = _proxy(key, entry.kind, entry.names)
        return self._known[key]


def _proxy(key: str, kind: str, names: Sequence[tuple[str, str]]) -> Any:
    """An entity; names are kept by its key, so two with different names need two."""
    proxy = import_module("followthemoney").model.make_entity(_SCHEMAS[kind])
    proxy.id = key
    for text, quality in names:
        proxy.add("name" if quality == "primary" else "weakAlias" if quality == "weak" else "alias", text)
    return proxy


def _compare(left: Any, right: Any) -> float:
    algorithm = import_module("nomenklatura.matching.logic_v2.model").LogicV2
    return float(algorithm.compare(left, right, algorithm.default_config()).score)


def _logic_pair(pair: Pair) -> float:
    left, right = (_proxy(f"{pair.kind} {side}", pair.kind, [(side, "primary")]) for side in (pair.left, pair.right))
    return _compare(left, right)


def _logic() -> bool:
    """Whether nomenklatura is there; where it is not, how to have it is said."""
    if find_spec("nomenklatura") is None:
        print("no nomenklatura: apt-get install libicu-dev pkg-config; pip install --group bench", file=sys.stderr)
        return False
    return True
