"""Quality of name matching on all shared lists in one index, as a Markdown report; with --peers beside other matchers.

    python benchmarks/matching.py [--sample N | --full] [--only held-back,exact,clean,manipulations,negatives,pairs]
                                  [--peers] [--misses FILE]

Everything asked is made from the shared test data, the same each run. Each part says how many names it asked.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from answers import Matcher, Ours, Outcome, ask, by_group, share
from manipulations import seeded
from near_miss import Pair, pairs
from parties import HeldBack, cluster, hold_back, script, without
from questions import Listed, Question, of_clean, of_held_back, of_listed, of_manipulated, of_negatives
from shared_lists import Entry, read_lists

from sanctionscreen.matching import DEFAULT_THRESHOLD, compare_names

PARTS = ("held-back", "exact", "clean", "manipulations", "negatives", "pairs")
FEW = 50
"""Below so many names, a row says so."""

PEER_SAMPLE = 250
"""Questions of a part that brute force is asked: each costs it a tenth of a second and more."""


def main() -> None:
    options = _options()
    only = set(options.only.split(",")) if options.only else set(PARTS)
    report = Report(options)
    if "held-back" in only:
        report.held_back()
    if "exact" in only:
        report.exact()
    if "clean" in only:
        report.clean()
    if "manipulations" in only:
        report.manipulations()
    if "negatives" in only:
        report.negatives()
    if "pairs" in only:
        report.pairs()
    if options.misses:
        report.write_misses(options.misses)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sample", type=int, default=2000, help="names asked in a part, and ten times fewer a class")
    parser.add_argument("--full", action="store_true", help="every name there is")
    parser.add_argument("--only", default="", help=f"parts, with commas: {', '.join(PARTS)}")
    parser.add_argument("--peers", action="store_true", help=f"other matchers too, on {PEER_SAMPLE} names of each part")
    parser.add_argument("--misses", type=Path, help="write what was missed and falsely found to this CSV file")
    return parser.parse_args()


class Report:
    """The parts of the report, and what they have in common: the lists, the questions' number, the matchers."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.number = sys.maxsize if options.full else options.sample
        self.a_class = 1000 if options.full else max(options.sample // 10, 20)
        self.with_peers = options.peers
        self.entries = read_lists()
        self.listed = Listed(cluster(self.entries))
        self.missed: list[tuple[str, Outcome]] = []
        self._whole: list[Matcher] = []
        names = sum(len(entry.names) for entry in self.entries)
        print(f"# {len(self.entries):,} entries, {names:,} names, {len(self.listed.parties):,} parties\n")
        print(f"Default threshold {DEFAULT_THRESHOLD}.\n")

    @property
    def whole(self) -> list[Matcher]:
        if not self._whole:
            self._whole = self._matchers(self.entries)
        return self._whole

    def _matchers(self, entries: Sequence[Entry]) -> list[Matcher]:
        started = time.perf_counter()
        made: list[Matcher] = [Ours(entries)]
        print(f"Index built in {time.perf_counter() - started:.1f} s.\n")
        if self.with_peers:
            from peers import peers

            made += peers(entries)
        return made

    def held_back(self) -> None:
        held = hold_back(self.listed.parties)
        seeded("sample").shuffle(held)
        matchers = self._matchers(without(self.entries, held))
        questions = of_held_back(held[: self.number])
        self._recall("One alias held back", questions, matchers, floor=0.75)
        self._retrieval(held[: self.number // 2], matchers[0])

    def _retrieval(self, held: Sequence[HeldBack], ours: Matcher) -> None:
        """What the index loses against comparing with each name that the target keeps."""
        near = [_nearest(one) for one in held]
        clear = [one for one, score in zip(held, near, strict=True) if score >= DEFAULT_THRESHOLD]
        outcomes, _ = ask(ours, of_held_back(clear))
        lost = [("lost in retrieval", outcome) for outcome in outcomes if not outcome.is_hit]
        self.missed += lost
        print(
            f"Compared with each name of its party, {len(clear)} of {len(held)} reach the threshold (retrieval apart);"
        )
        print(f"the index finds {share(o.is_hit for o in outcomes):.4f} of those.\n")

    def exact(self) -> None:
        questions = of_listed(self.listed)
        seeded("sample").shuffle(questions)
        self._recall("Listed names, words and case mixed", questions[: self.number * 2], self.whole)

    def clean(self) -> None:
        questions = of_clean(self.listed)
        seeded("sample").shuffle(questions)
        self._alerts("Alerts per 1,000 innocent parties", questions, per=1000)

    def manipulations(self) -> None:
        questions = of_manipulated(self.listed, self.a_class)
        seeded("sample").shuffle(questions)
        self._recall("Manipulated listed names", questions, self.whole)

    def negatives(self) -> None:
        questions = of_negatives(self.listed, self.a_class * 2)
        seeded("sample").shuffle(questions)
        self._alerts("Hard negatives, per cent found", questions, per=100)

    def pairs(self) -> None:
        labelled = pairs(self.listed.parties, of_negatives(self.listed, self.number // 4), min(self.number, 4000))
        comparers = {"sanctionscreen": (_compared, DEFAULT_THRESHOLD)}
        if self.with_peers:
            from peers import comparers as of_peers

            comparers |= of_peers()
        half = len(labelled) // 2
        print(f"## Labelled pairs: {half} spellings of one party, {half} near misses and hard negatives\n")
        print("| matcher | precision | recall | F1 |\n|---|---|---|---|")
        for name, (compare, threshold) in comparers.items():
            precision, recall, f1 = _f1([(compare(pair) >= threshold, pair.is_same) for pair in labelled])
            print(f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} |")
        print()

    def _recall(
        self, title: str, questions: Sequence[Question], matchers: Sequence[Matcher], floor: float = 1.0
    ) -> None:
        first, *others = matchers
        self._table(title, "found first / among five / at the threshold", [(first, questions)], _recalls, floor)
        if others:
            few = questions[:PEER_SAMPLE]
            self._table(f"{title}: all matchers", "the same", [(m, few) for m in matchers], _recalls, floor)

    def _alerts(self, title: str, questions: Sequence[Question], per: int) -> None:
        first, *others = self.whole
        self._table(title, f"per {per:,}", [(first, questions)], _alerted(per), 1.0)
        if others:
            few = questions[: PEER_SAMPLE * 2]
            self._table(f"{title}: all matchers", f"per {per:,}", [(m, few) for m in self.whole], _alerted(per), 1.0)

    def _table(
        self,
        title: str,
        what: str,
        asked: Sequence[tuple[Matcher, Sequence[Question]]],
        cell: Callable[[Sequence[Outcome]], str],
        floor: float,
    ) -> None:
        columns = []
        for matcher, questions in asked:
            outcomes, taken = ask(matcher, questions, floor)
            columns.append((f"{matcher.name} ({taken:,.0f} us)", by_group(outcomes)))
            if len(asked) == 1:
                self.missed += [(title, o) for o in outcomes if bool(o.question.targets) != o.is_hit or _is_false(o)]
        print(f"## {title}\n\n{what.capitalize()}; {len(asked[0][1]):,} names.\n")
        print("| | n | " + " | ".join(name for name, _ in columns) + " |\n|---|---|" + "---|" * len(columns))
        groups = columns[0][1]
        for group in sorted(groups, key=lambda g: (not g.startswith(("all", "variant: all")), g)):
            if len(asked) > 1 and len(groups[group]) < FEW // 2:
                continue
            number = f"{len(groups[group])}{' (few)' if len(groups[group]) < FEW else ''}"
            print(f"| {group} | {number} | " + " | ".join(cell(found[group]) for _, found in columns) + " |")
        print(flush=True)

    def write_misses(self, path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(
                [
                    "part",
                    "what",
                    "class",
                    "asked",
                    "asked_kind",
                    "like",
                    "direct_score",
                    "scripts",
                    "best",
                    "best_score",
                ]
            )
            for part, outcome in self.missed:
                out.writerow(_miss(part, outcome))
        print(f"{len(self.missed)} misses and false alerts in {path}")


def _is_false(outcome: Outcome) -> bool:
    return not outcome.question.targets and bool(outcome.alerts)


def _miss(part: str, outcome: Outcome) -> list[str]:
    asked, best = outcome.question, outcome.found[0] if outcome.found else None
    what = "missed" if asked.targets else "false alert"
    kind = next((g for g in ("person", "company", "vessel", "aircraft") if g in asked.groups), "any")
    direct = f"{compare_names(asked.text, asked.like, kind=kind).score:.3f}" if asked.like else ""  # type: ignore[arg-type]
    scripts = f"{script(asked.text)} - {script(asked.like)}" if asked.like else script(asked.text)
    found = [best.name, f"{best.score:.3f}"] if best else ["", ""]
    return [part, what, asked.groups[-1], asked.text, kind, asked.like, direct, scripts, *found]


def _recalls(outcomes: Sequence[Outcome]) -> str:
    figures = (share(getattr(o, what) for o in outcomes) for what in ("is_first", "is_among_five", "is_hit"))
    return " / ".join(f"{figure:.3f}" for figure in figures)


def _alerted(per: int) -> Callable[[Sequence[Outcome]], str]:
    def cell(outcomes: Sequence[Outcome]) -> str:
        return f"{share(bool(o.alerts) for o in outcomes) * per:.2f}"

    return cell


def _nearest(held: HeldBack) -> float:
    rest = {text for entry in without(held.party.entries, [held]) for text, quality in entry.names if quality != "weak"}
    kind = held.party.kind
    return max((compare_names(held.text, text, kind=kind).score for text in sorted(rest)), default=0.0)  # type: ignore[arg-type]


def _compared(pair: Pair) -> float:
    return compare_names(pair.left, pair.right, kind=pair.kind).score  # type: ignore[arg-type]


def _f1(judged: Sequence[tuple[bool, bool]]) -> tuple[float, float, float]:
    right = sum(found and same for found, same in judged)
    precision = right / max(sum(found for found, _ in judged), 1)
    recall = right / max(sum(same for _, same in judged), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


if __name__ == "__main__":
    main()
