"""`rules.lock.json`: what every rule meant when last agreed on; no meaning changes unseen, and no id returns.

Lists that come with the watchlists stand in a meaning by name: they are dated data with a fingerprint of their own, and
a newer list is no newer version of every rule that asks for it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sanctionscreen import strict_yaml
from sanctionscreen.errors import Location, RuleError, SanctionScreenError, raise_faults
from sanctionscreen.model import NamedList
from sanctionscreen.rules.conditions import All, AnyOf, Condition, Each, Leaf, Not
from sanctionscreen.rules.ruleset import Rule, RuleSet, fingerprinted
from sanctionscreen.strict_yaml import Entry, Node, Scalar, read

SCHEMA = "sanctionscreen.rules-lock/1"
FILE_NAME = "rules.lock.json"


@dataclass(frozen=True, slots=True)
class LockedRule:
    """A rule as it was agreed on."""

    version: int
    status: str
    fingerprint: str
    """As results carry it."""
    meaning: str
    """The same, with the lists of the watchlists by name."""
    replaced_by: str = ""
    at: Location = field(default=Location(""), compare=False)


@dataclass(frozen=True, slots=True)
class Lock:
    """The rules of one pack, and the ids that it has given up for ever."""

    pack: str
    rules: Mapping[str, LockedRule]
    removed: Mapping[str, str] = field(default_factory=dict)
    """What replaces each removed rule."""


def lock_of(ruleset: RuleSet, data_lists: Mapping[str, NamedList], before: Lock | None = None) -> Lock:
    """The lock of the last pack; rules that have gone since the lock before stay in it as removed.

    Args:
        data_lists: the lists that come with the watchlists, as the packs were loaded with them.
    """
    rules = {rule.id: _locked(rule, ruleset, data_lists) for rule in _own(ruleset)}
    removed = dict(before.removed) if before else {}
    removed |= {key: was.replaced_by for key, was in (before.rules if before else {}).items() if key not in rules}
    return Lock(ruleset.packs[-1], rules, removed)


def changes(before: Lock, ruleset: RuleSet, data_lists: Mapping[str, NamedList]) -> list[RuleError]:
    """What must not have happened to the rules of the last pack since a lock, in the order of their ids."""
    now = {rule.id: rule for rule in _own(ruleset)}
    if before.pack != ruleset.packs[-1]:
        problem = f"is the lock of pack {before.pack!r}; this is {ruleset.packs[-1]!r}"
        return [RuleError(problem, next((was.at for was in before.rules.values()), None))]
    found: list[RuleError] = []
    for key in sorted({*before.rules, *before.removed, *now}):
        was, rule = before.rules.get(key), now.get(key)
        if key in before.removed and rule is not None:
            by = f" ({before.removed[key]} replaced it)" if before.removed[key] else ""
            found.append(RuleError(f"rule {key} was removed{by}; an id is never used again, take a new one", rule.at))
        elif was is not None and rule is None and was.status != "deprecated":
            problem = (
                f"rule {key} has vanished; put it back with status: deprecated and replaced_by, and remove it later"
            )
            found.append(RuleError(problem, was.at))
        elif was is not None and rule is not None:
            found += _changed(rule, was, _locked(rule, ruleset, data_lists))
    return found


def aged(before: Lock, ruleset: RuleSet, data_lists: Mapping[str, NamedList]) -> list[str]:
    """What a lock need not know: new rules, and rules whose dated lists have changed; one sentence each."""
    found = []
    for rule in _own(ruleset):
        was = before.rules.get(rule.id)
        if was is None:
            found.append(f"{rule.id} is not in the lock yet")
        elif was.meaning == _locked(rule, ruleset, data_lists).meaning and was.fingerprint != rule.fingerprint:
            found.append(f"{rule.id} reads lists that have changed since it was locked; lock it again")
    return found


def _changed(rule: Rule, was: LockedRule, now: LockedRule) -> Iterator[RuleError]:
    if now.version < was.version:
        yield RuleError(f"rule {rule.id} is of version {now.version}, and was of {was.version} already", rule.at)
    elif now.meaning != was.meaning and now.version == was.version:
        problem = (
            f"rule {rule.id} no longer means what it did (fingerprint {was.fingerprint} is now {now.fingerprint}), "
            f"and its version is still {now.version}; raise it to {now.version + 1}"
        )
        yield RuleError(problem, rule.at)
    if was.status == "stable" and now.status == "experimental" and not rule.note:
        problem = f"rule {rule.id} was stable and is an experiment again; say why in its `note`, or deprecate it"
        yield RuleError(problem, rule.at)
    if was.status == "experimental" and now.status == "stable":
        from sanctionscreen.rules.lint import promotion_gaps

        for gap in promotion_gaps(rule):
            yield RuleError(f"rule {rule.id} becomes stable and lacks {gap}", rule.at)


def _own(ruleset: RuleSet) -> tuple[Rule, ...]:
    return tuple(rule for rule in ruleset.rules if rule.pack == ruleset.packs[-1])


def _locked(rule: Rule, ruleset: RuleSet, data_lists: Mapping[str, NamedList]) -> LockedRule:
    data = {name for name, held in data_lists.items() if ruleset.lists.get(name) == held}
    named = _by_name(rule.when, data, ruleset.lists)
    features = {
        name: replace(one, where=_by_name(one.where, data, ruleset.lists)) if one.where else one
        for name, one in ruleset.features.items()
    }
    meaning = fingerprinted(replace(rule, when=named), features).fingerprint
    return LockedRule(rule.version, rule.status, rule.fingerprint, meaning, rule.replaced_by, rule.at)


def _by_name(condition: Condition, data: Collection[str], lists: Mapping[str, NamedList]) -> Condition:
    """A condition whose comparisons with dated lists hold the names of these instead of their values."""
    if isinstance(condition, (All, AnyOf)):
        return type(condition)(tuple(_by_name(child, data, lists) for child in condition.children))
    if isinstance(condition, Not):
        return Not(_by_name(condition.child, data, lists))
    if isinstance(condition, Each):
        return replace(condition, where=_by_name(condition.where, data, lists))
    if not isinstance(condition, Leaf) or not set(condition.lists) & set(data):
        return condition
    items = condition.source.items if isinstance(condition.source, strict_yaml.Sequence) else [condition.source]
    written = sorted(item.text for item in items if isinstance(item, Scalar))
    own = [[name, *sorted(lists[name].values)] for name in sorted(set(condition.lists) - set(data))]
    return replace(condition, operand=[*written, *own])


def lock_text(lock: Lock) -> str:
    """The file: one line a rule, sorted, the same bytes for the same rules."""
    rules = [_line(key, _written(lock.rules[key])) for key in sorted(lock.rules)]
    removed = [_line(key, {"replaced_by": lock.removed[key]}) for key in sorted(lock.removed)]
    head = f'{{\n  "schema": {json.dumps(SCHEMA)},\n  "pack": {json.dumps(lock.pack)},\n'
    return f'{head}  "rules": {_block(rules)},\n  "removed": {_block(removed)}\n}}\n'


def _written(rule: LockedRule) -> dict[str, object]:
    held = {"version": rule.version, "status": rule.status, "fingerprint": rule.fingerprint, "meaning": rule.meaning}
    return held | ({"replaced_by": rule.replaced_by} if rule.replaced_by else {})


def _line(key: str, held: Mapping[str, object]) -> str:
    return f"    {json.dumps(key)}: {json.dumps(held)}"


def _block(lines: Sequence[str]) -> str:
    return "{\n" + ",\n".join(lines) + "\n  }" if lines else "{}"


def read_lock(path: Path) -> Lock:
    """A lock file, read as strictly as a pack.

    Raises:
        RuleError: it cannot be read at all.
        ExceptionGroup: of all its faults.
    """
    faults: list[SanctionScreenError] = []
    entry = Entry(read(path, RuleError, shown_as=str(path), faults=faults), "the lock", faults, RuleError)
    schema = entry.text("schema")
    if schema and schema != SCHEMA:
        entry.fault(f"the lock is of schema {schema!r}; this program reads {SCHEMA!r}", entry.location("schema"))
    pack = entry.text("pack")
    rules = {key: _read_rule(key, node, faults) for key, node in entry.items("rules", required=True).items()}
    removed = {key: _read_removed(key, node, faults) for key, node in entry.items("removed").items()}
    entry.close()
    raise_faults(faults, "the lock")
    return Lock(pack, rules, removed)


def _read_rule(key: str, node: Node, faults: list[SanctionScreenError]) -> LockedRule:
    entry = Entry(node, f"locked rule {key!r}", faults, RuleError)
    version = int(entry.number("version", low=1, high=9999))
    status, fingerprint, meaning = entry.text("status"), entry.text("fingerprint"), entry.text("meaning")
    replaced_by = entry.optional_text("replaced_by") or ""
    entry.close()
    return LockedRule(version, status, fingerprint, meaning, replaced_by, entry.at)


def _read_removed(key: str, node: Node, faults: list[SanctionScreenError]) -> str:
    entry = Entry(node, f"removed rule {key!r}", faults, RuleError)
    replaced_by = entry.optional_text("replaced_by") or ""
    entry.close()
    return replaced_by


def where_it_went(rule_id: str, packs: Sequence[Path]) -> str:
    """What the locks beside these packs say of a rule that is gone, as the end of a message; empty for nothing."""
    for pack in packs:
        path = lock_beside(pack)
        removed = _removed(path) if path is not None else {}
        if rule_id in removed:
            by = removed[rule_id]
            return f"; it was removed, and {by} replaces it" if by else "; it was removed, and nothing replaces it"
    return ""


def _removed(path: Path) -> Mapping[str, str]:
    try:
        return read_lock(path).removed
    except (RuleError, ExceptionGroup):
        return {}  # a message without its hint; what is wrong with the lock is for `rules check` to say


def lock_beside(pack: Path) -> Path | None:
    """The lock file of a pack folder, where there is one."""
    path = pack / FILE_NAME
    return path if path.is_file() else None


def replacement_faults(rules: Mapping[str, Rule], pack: str) -> Iterator[RuleError]:
    """Deprecated rules of a pack whose successor does not exist, is the rule itself, or is deprecated too."""
    for rule in rules.values():
        if rule.pack != pack or rule.status != "deprecated" or not rule.replaced_by:
            continue
        successor = rules.get(rule.replaced_by)
        if successor is None:
            problem = "which does not exist"
        elif successor is rule:
            problem = "which is the rule itself"
        elif successor.status == "deprecated":
            problem = f"which is deprecated too; name {successor.replaced_by or 'what stands in its place'}"
        else:
            continue
        yield RuleError(f"rule {rule.id!r} is replaced by {rule.replaced_by!r}, {problem}", rule.at)
