"""How fast rules are: frames, single records, loading; ratios to the same rules in the Common Expression Language.

    python benchmarks/rules.py [--rows N] [--cel-rows N]

The rules are the first sixty of the built-in pack that look at one line only. Rows are made up from the values that the
rules ask for and from others, the same each run. CEL (the package common-expression-language, group `bench`) gets the
same conditions, written out from the same compiled form with a guard for what is missing; without the package, its part
is left out.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from sanctionscreen.fields import FIELDS, FieldType
from sanctionscreen.frames import column
from sanctionscreen.model import Line
from sanctionscreen.rules import Rule, built_in_pack, load_rules
from sanctionscreen.rules.conditions import (
    ELEMENT,
    All,
    AnyOf,
    Compare,
    Condition,
    Each,
    Leaf,
    Not,
    comparisons,
    fields_of,
    leaves,
)
from sanctionscreen.rules.frame_evaluator import evaluate_frame
from sanctionscreen.rules.parse import pattern_of
from sanctionscreen.rules.record_evaluator import Facts, compile_condition
from sanctionscreen.screening.sources import load_sources
from sanctionscreen.text.folding import plain

RULES = 60
CHUNK = 100_000
HIT_SHARE = 0.03
"""Share of the rows that have hits of parties, as in the measurements behind the design."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the frame")
    parser.add_argument("--cel-rows", type=int, default=2_000, help="rows that CEL judges")
    options = parser.parse_args()
    sources = load_sources()
    rules = [rule for rule in sources.rules.rules if _is_of_one_line(rule.when)][:RULES]
    pools = _pools(rules)
    frame = _frame(pools, options.rows)
    print(
        f"{len(rules)} rules, {sum(len(list(leaves(rule.when))) for rule in rules)} conditions, {options.rows:,} rows\n"
    )
    per_row = _frames(rules, frame)
    _records(rules, frame)
    _many(rules, frame, per_row)
    _loading(sources)
    _cel(rules, frame.head(options.cel_rows), per_row)


def _is_of_one_line(condition: Condition) -> bool:
    return not any(True for _ in comparisons(condition)) and not any(
        n.startswith("feature.") for n in fields_of(condition)
    )


def _pools(rules: Sequence[Rule]) -> dict[str, list[Any]]:
    """Values for each field: those that rules ask for, and as many that none does; None is a twentieth of them."""
    random, pools = Random(1), dict[str, list[Any]]()
    for name in sorted({name for rule in rules for name in fields_of(rule.when)}):
        asked = [leaf.operand for rule in rules for leaf in leaves(rule.when, inside=False) if leaf.field == name]
        pools[name] = _pool(name, asked, random)
    return pools


def _pool(name: str, asked: list[Any], random: Random) -> list[Any]:
    kind = FIELDS[name].type
    if kind is FieldType.BOOL:
        return [True, False, None]
    if kind is FieldType.DATE:
        return [date(2021, 1, 1) + timedelta(days=n) for n in range(0, 2000, 3)] + [None] * 30
    if kind in (FieldType.NUMBER, FieldType.MONEY):
        return [round(10 ** random.uniform(0, 7)) for _ in range(500)] + [None] * 25
    if kind is FieldType.ITEMS:
        return [*(() for _ in range(round(100 / HIT_SHARE))), *(_hits(name, random) for _ in range(100))]
    wanted = [value for operand in asked for value in (operand if isinstance(operand, tuple) else [operand])]
    texts = [str(value) for value in wanted if isinstance(value, str)]
    if kind is FieldType.COUNTRY:
        return [*texts, "DE", "FR", "US", "IT", "PL", "JP", "KZ", "TR", None] * 3
    if kind is FieldType.COUNTRIES:
        return [(), ("PL",), ("KZ", "TR"), ("RU",), None] * 20
    if kind is FieldType.CODES:
        return [(), ("drones",), ("processors", "optics"), None] * 20
    if name == "goods.chpl_tier":
        return ["none"] * 30 + ["1", "2", "3.A", "3.B", "4.A", "4.B"]
    if kind is FieldType.CODE:
        return [*texts, *(f"{random.randrange(10**9, 10**10)}" for _ in range(3000)), *[None] * 100]
    words = [plain(word) for word in texts[:200]] + "pump valve steel chair cable fabric tea paper lamp bolt".split()
    made = [" ".join(random.choices(words, k=random.randint(2, 8))) for _ in range(5000)]
    return [*made, *[None] * 250]


def _hits(name: str, random: Random) -> tuple[dict[str, Any], ...]:
    def hit() -> dict[str, Any]:
        values: dict[str, Any] = dict.fromkeys(FIELDS[name].item)
        values |= {"role": random.choice(["consignee", "end_user", "buyer"]), "name": "x", "entity_name": "X"}
        values |= {"measure": random.choice(["asset_freeze", "export_licence", "press", "sectoral"])}
        values |= {"list": "l", "status": random.choice(["official", "press"])}
        values |= {"score": random.uniform(0.8, 1), "evidence": random.random()}
        return values

    return tuple(hit() for _ in range(random.randint(1, 3)))


def _frame(pools: dict[str, list[Any]], rows: int) -> Any:
    import numpy as np
    import polars as pl

    numbers = np.random.default_rng(2)
    columns = [
        column(FIELDS[name], pool).gather(numbers.integers(0, len(pool), rows)).alias(name)
        for name, pool in pools.items()
    ]
    return pl.DataFrame(columns)


def _timed(run: Callable[[], object], times: int = 3) -> float:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        run()
        taken.append(time.perf_counter() - started)
    return min(taken)


def _frames(rules: Sequence[Rule], frame: Any) -> float:
    """Seconds a row."""
    whole = _timed(lambda: evaluate_frame(rules, frame))
    chunks = _timed(lambda: [evaluate_frame(rules, frame.slice(at, CHUNK)) for at in range(0, len(frame), CHUNK)], 1)
    hits = evaluate_frame(rules, frame).select(_sums()).row(0)
    rate = len(frame) / whole
    print(
        f"- frame at once: {whole:.2f} s, {rate:,.0f} rows a second, {rate * len(rules) / 1e6:.0f}M verdicts a second"
    )
    print(f"- in chunks of {CHUNK:,}: {chunks:.2f} s; {sum(hits):,} hits of {sum(1 for n in hits if n)} rules")
    return whole / len(frame)


def _sums() -> Any:
    import polars as pl

    return pl.all().sum()


def _records(rules: Sequence[Rule], frame: Any) -> None:
    tests = [compile_condition(rule.when) for rule in rules]
    lines = [
        Line({k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}) for row in frame.head(500).to_dicts()
    ]

    def judge(line: Line) -> list[bool | None]:
        facts = Facts.of(line)
        return [test(facts) for test in tests]

    said = evaluate_frame(rules, frame.head(500)).rows()
    assert [tuple(judge(line)) for line in lines] == said, "the evaluators disagree"
    taken = sorted(_timed(lambda line=line: judge(line), 1) for line in lines)  # type: ignore[misc]
    print(
        f"- one record: p50 {statistics.median(taken) * 1e3:.3f} ms, p99 {taken[494] * 1e3:.3f} ms;"
        " both evaluators agree on 500"
    )


def _many(rules: Sequence[Rule], frame: Any, per_row: float) -> None:
    """Ten times the rules, no two of which ask for the same values."""
    some = frame.head(200_000)
    more = [replace(rule, id=f"{rule.id}-{n}", when=_shifted(rule.when, n)) for n in range(10) for rule in rules]
    few, many = _timed(lambda: evaluate_frame(rules, some)), _timed(lambda: evaluate_frame(more, some), 1)
    print(f"- {len(more)} rules: {many / few:.1f} times the time of {len(rules)} ({len(some):,} rows)")


def _shifted(condition: Condition, n: int) -> Condition:
    """The condition with other bounds and words."""
    if isinstance(condition, Leaf):
        operand = condition.operand
        if condition.type is FieldType.DATE and isinstance(operand, date):
            return replace(condition, operand=operand + timedelta(days=n))
        if isinstance(operand, (int, float)) and not isinstance(operand, bool):
            return replace(condition, operand=operand + n * 0.001)
        if isinstance(operand, tuple) and condition.type in (FieldType.TEXT, FieldType.CODE):
            return replace(condition, operand=(*operand, f"zz{n}q"))
        return condition
    if isinstance(condition, Each):
        return replace(condition, where=_shifted(condition.where, n))
    if isinstance(condition, Not):
        return Not(_shifted(condition.child, n))
    assert not isinstance(condition, Compare)
    return type(condition)(tuple(_shifted(child, n) for child in condition.children))


def _loading(sources: Any) -> None:
    lists = {**sources.geography.lists, **sources.goods.named_lists}
    pack = [built_in_pack()]
    bare, full = _timed(lambda: load_rules(pack, lists, proven=pack)), _timed(lambda: load_rules(pack, lists))
    print(f"- loading the pack: {bare * 1e3:.0f} ms as screening does, {full * 1e3:.0f} ms with its tests")


def _cel(rules: Sequence[Rule], frame: Any, per_row: float) -> None:
    try:
        import cel
    except ImportError:
        print("- CEL: the package common-expression-language is not installed (group bench)")
        return
    texts = {name for name, entry in FIELDS.items() if entry.type in (FieldType.TEXT, FieldType.CODE)}
    rows = []
    for row in frame.to_dicts():
        held = {name.replace(".", "_"): _for_cel(name, value, texts) for name, value in row.items()}
        rows.append(held)
    programs = [cel.compile(_in_cel(rule.when)) for rule in rules]
    started = time.perf_counter()
    found = [[bool(program.execute(row)) for program in programs] for row in rows]
    taken = (time.perf_counter() - started) / len(rows)
    ours = evaluate_frame(rules, frame).rows()
    differ = sum(
        bool(a) != b for left, right in zip(ours, found, strict=True) for a, b in zip(left, right, strict=True)
    )
    print(f"- CEL, {len(rows):,} rows: {1 / taken:,.0f} rows a second, {taken / per_row:,.0f} times our time a row;"
          f" {differ} of {len(rows) * len(rules):,} verdicts differ")  # fmt: skip


def _for_cel(name: str, value: Any, texts: set[str]) -> Any:
    kind = FIELDS[name].type
    if value is None:
        return None
    if kind is FieldType.TEXT:
        return plain(value)
    if kind is FieldType.CODE:
        return "".join(c for c in value.lower() if c.isalnum() and c.isascii())
    if kind is FieldType.DATE:
        return value.toordinal()
    if kind is FieldType.ITEMS:
        codes = {part for part, of in FIELDS[name].item.items() if of in (FieldType.CODE, FieldType.TEXT)}
        return [
            {p: "".join(c for c in v.lower() if c.isalnum()) if p in codes and v else v for p, v in one.items()}
            for one in value
        ]
    if kind is FieldType.CODES:
        return ["".join(c for c in one.lower() if c.isalnum()) for one in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _in_cel(condition: Condition, of: str = "") -> str:
    """The condition in CEL: true where ours is true, false where it is false or unknown."""
    return _said(condition, True, of)


def _said(condition: Condition, wanted: bool, of: str) -> str:
    """Whether a condition is surely true, or surely false: what is missing is neither."""
    if isinstance(condition, Not):
        return _said(condition.child, not wanted, of)
    if isinstance(condition, (All, AnyOf)):
        joint = " && " if isinstance(condition, All) is wanted else " || "
        return "(" + (joint.join(_said(child, wanted, of) for child in condition.children) or "true") + ")"
    if isinstance(condition, Each):
        name = condition.field.replace(".", "_")
        inner = _said(condition.where, condition.quantifier != "all", "e")
        held = {
            "any": f"{name}.exists(e, {inner})",
            "none": f"!{name}.exists(e, {inner})",
            "all": f"!{name}.exists(e, {inner})",
            "count_gte": f"size({name}.filter(e, {inner})) >= {condition.n}",
        }[condition.quantifier]
        return f"({name} != null && {'' if wanted else '!'}({held}))"
    assert isinstance(condition, Leaf)
    name = (
        (of + (f".{condition.field}" if condition.field != ELEMENT else ""))
        if of
        else condition.field.replace(".", "_")
    )
    if condition.operator == "exists":
        return f"({name} {'!=' if condition.operand is wanted else '=='} null)"
    other = condition.operand.replace(".", "_") if condition.operator in ("field", "ne_field") else ""
    guard = f"{name} != null" + (f" && {other} != null" if other else "")
    return f"({guard} && {'' if wanted else '!'}({_compared(condition, name, other)}))"


def _compared(leaf: Leaf, name: str, other: str) -> str:
    operand, operator = leaf.operand, leaf.operator
    if other:
        return f"{name} {'==' if operator == 'field' else '!='} {other}"
    if operator in ("in", "not_in"):
        return f"{'' if operator == 'in' else '!'}({name} in [{', '.join(map(_literal, operand))}])"
    if operator in ("prefix", "suffix", "contains"):
        method = {"prefix": "startsWith", "suffix": "endsWith", "contains": "contains"}[operator]
        return " || ".join(f"{name}.{method}({_literal(part)})" for part in operand)
    if operator in ("keywords", "re"):
        return f"{name}.matches({_literal(pattern_of(leaf))})"
    if operator == "between":
        return f"{name} >= {_literal(operand[0])} && {name} <= {_literal(operand[1])}"
    sign = {"eq": "==", "ne": "!=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}[operator]
    return f"{name} {sign} {_literal(operand)}"


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return str(value.toordinal())
    return repr(float(value)) if isinstance(value, (int, float)) else json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
