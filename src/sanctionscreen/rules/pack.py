"""Packs: one file, or a folder of `pack.yml` and `rules/*.yml`; read, laid over each other, checked whole."""

from __future__ import annotations

import operator
import re
from collections.abc import Collection
from collections.abc import Mapping as Map
from collections.abc import Sequence as Seq
from dataclasses import dataclass, field, replace
from pathlib import Path

from sanctionscreen.errors import Location, RuleError, SanctionScreenError, raise_faults, suggestion
from sanctionscreen.fields import FIELDS, Field, FieldType
from sanctionscreen.model import NamedList
from sanctionscreen.resources import built_in_packs
from sanctionscreen.rules.conditions import All, AnyOf, Condition, canonical
from sanctionscreen.rules.definition import RULE_ID, Layer, define
from sanctionscreen.rules.features import read_features
from sanctionscreen.rules.lock import replacement_faults, where_it_went
from sanctionscreen.rules.parse import LIST_KINDS, ConditionParser
from sanctionscreen.rules.ruleset import Rule, RuleException, RuleSet, digest, fingerprinted
from sanctionscreen.strict_yaml import Entry, FirstFaults, Mapping, Node, Scalar, read
from sanctionscreen.values import Unreadable, decimal
from sanctionscreen.values import read as read_value
from sanctionscreen.version import __version__

MAX_RULES = 5_000
MAX_LIST_VALUES = 100_000
MAX_FOLDER_BYTES = 16_000_000  # five thousand rules of three kilobytes
MOST_FAULTS = 500
"""After so many faults the rest of a pack is not looked at: nobody mends more at once."""
BUILT_IN = "russia"
SCHEMA = "1"
"""Version of the rule schema that this program reads."""
_ENGINE = re.compile(r"^(>=|<=|==|>|<)\s*(\d{1,6}(?:\.\d{1,6}){0,2})$")
_COMPARED = {">=": operator.ge, "<=": operator.le, "==": operator.eq, ">": operator.gt, "<": operator.lt}
_YAML = (".yml", ".yaml")
PACK_ID = re.compile(r"^[a-z][a-z0-9-]{1,40}$")


@dataclass(slots=True)
class PackFile:
    """A pack as read, before its conditions are parsed against the lists in force."""

    id: str
    version: str
    extends: str
    at: Location
    faults: list[SanctionScreenError]
    lists: dict[str, Node] = field(default_factory=dict)
    features: dict[str, Node] = field(default_factory=dict)
    rules: list[Node] = field(default_factory=list)
    overrides: list[Node] = field(default_factory=list)
    exceptions: list[Node] = field(default_factory=list)
    has_tests: bool = True
    """The tests of its rules were read."""


def built_in_pack() -> Path:
    return built_in_packs() / BUILT_IN


def load_rules(paths: Seq[Path], base_lists: Map[str, NamedList], *, proven: Collection[Path] = ()) -> RuleSet:
    """The packs laid over each other in the given order; all faults at once, and then nothing loads.

    Args:
        base_lists: the lists that come with the watchlists (`geo.*`, `chpl.*`, `goods.*`); rules may use them all.
        proven: those of the packs, each a folder, whose tests are left unread: they have passed before, and take longer
            to read than the rules.
    """
    below: RuleSet | None = None
    faults: list[SanctionScreenError] = FirstFaults(MOST_FAULTS, "the rules")
    for path in paths:
        pack = read_pack(path, faults, "tests" if path in proven else "")
        if pack is None:
            continue
        below = _lay_over(pack, below, base_lists, faults, paths)
    raise_faults(faults, "the rules")
    if below is None:
        raise RuleError("no rule pack was given")
    return below


def read_pack(path: Path, faults: list[SanctionScreenError], without: str = "") -> PackFile | None:
    """The parts of a pack, unparsed; None after a fault that leaves nothing to read.

    Args:
        without: a key of every file that is left unread.
    """
    try:
        root = path.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
        faults.append(RuleError("no such rule pack", Location(str(path))))
        return None
    files = _folder_files(root, path, faults) if root.is_dir() else [root]
    if not files:
        return None
    shown = [_shown(file, root, path) for file in files]
    read_files = [_document(file, name, faults, without) for file, name in zip(files, shown, strict=True)]
    documents = [found for found in read_files if found is not None]
    if len(documents) < len(files):
        return None
    pack = _pack_file(documents[0], faults)
    pack.has_tests = without != "tests"
    pack.rules += documents[1:]
    if len(pack.rules) > MAX_RULES:
        faults.append(RuleError(f"holds {len(pack.rules):,} rules; the limit is {MAX_RULES:,}", pack.at))
        return None
    return pack


def _document(file: Path, shown: str, faults: list[SanctionScreenError], without: str) -> Node | None:
    try:
        return read(file, RuleError, shown_as=shown, faults=faults, without=without)
    except SanctionScreenError as bad:
        faults.append(bad)
        return None


def _folder_files(root: Path, given: Path, faults: list[SanctionScreenError]) -> list[Path]:
    """`pack.yml` and the rule files of a folder; none after a fault that forbids to read them."""
    head = root / "pack.yml"
    files = [head, *_rule_files(root, given, faults)]
    if (head.exists() or head.is_symlink()) and not _is_inside(head, root):
        what = "is no file of this folder: no pipes, no links that lead elsewhere"
        faults.append(RuleError(what, Location(_shown(head, root, given))))
        return []
    size = sum(file.stat().st_size for file in files if file.is_file())
    if size > MAX_FOLDER_BYTES:
        faults.append(
            RuleError(f"holds {size:,} bytes of rules; the limit is {MAX_FOLDER_BYTES:,}", Location(str(given)))
        )
        return []
    return files


def _is_inside(file: Path, root: Path) -> bool:
    return file.is_file() and file.resolve().is_relative_to(root)


def _rule_files(root: Path, given: Path, faults: list[SanctionScreenError]) -> list[Path]:
    """Rule files of a pack folder; whatever else stands there is a fault, or a rule might never be read."""
    good = []
    for found in sorted(root.glob("[!.]*"))[: MAX_RULES + 1]:
        if _is_misplaced(found):
            what = "is never read: a pack folder holds pack.yml and the folder rules/; keep other files elsewhere"
            faults.append(RuleError(what, Location(_shown(found, root, given))))
    for file in sorted((root / "rules").glob("[!.]*"))[: MAX_RULES + 1]:
        if _is_inside(file, root) and file.suffix in _YAML:
            good.append(file)
        else:
            what = "is no rule file: one rule a file, ending in .yml, no folders, no links that lead elsewhere"
            faults.append(RuleError(what, Location(_shown(file, root, given))))
    return good


def _is_misplaced(found: Path) -> bool:
    """Something in a pack folder that might be meant as rules, and would never be read."""
    if found.name == "rules":
        return not found.is_dir()
    files = found.glob("*") if found.is_dir() else (found,)
    return found.name not in ("pack.yml", "red_flags.yml") and any(file.suffix in _YAML for file in files)


def _shown(file: Path, root: Path, given: Path) -> str:
    return str(given) if file == root else f"{given.name}/{file.relative_to(root).as_posix()}"


def _pack_file(node: Node, faults: list[SanctionScreenError]) -> PackFile:
    entry = Entry(node, "the pack", faults, RuleError)
    head = entry.entry("pack", "pack", required=True)
    pack = PackFile("", "", "", node.at, faults)
    if head is not None:
        pack.id, pack.version = head.text("id"), head.text("version")
        pack.extends = head.optional_text("extends") or ""
        for key in ("title", "maintainer"):
            head.optional_text(key)
        head.choice("schema", (SCHEMA,), default=SCHEMA)
        _check_engine(head)
        head.close()
        if pack.id and not PACK_ID.match(pack.id):
            head.fault(f"pack id {pack.id!r} must be lower-case letters, digits and hyphens")
    pack.lists = entry.items("lists")
    pack.rules = list(entry.nodes("rules"))
    pack.overrides = entry.nodes("overrides")
    pack.exceptions = entry.nodes("exceptions")
    pack.features = entry.items("features")
    entry.close()
    return pack


def _check_engine(head: Entry) -> None:
    """`requires_engine: ">=0.1,<1"`: a pack that asks for another version of the program does not load."""
    at = head.location("requires_engine")
    wanted = head.optional_text("requires_engine")
    for part in (wanted or "").split(",") if wanted else ():
        found = _ENGINE.match(part.strip())
        if found is None:
            head.fault(f"requires_engine {wanted!r} is not understood; write >=0.1,<1", at)
        elif not _COMPARED[found[1]](_version(__version__), _version(found[2])):
            head.fault(f"the pack requires sanctionscreen {wanted}; this is {__version__}", at)


def _version(text: str) -> tuple[int, ...]:
    """A version as numbers that compare: 0.1 is 0.1.0."""
    numbers = [int(part) for part in text.split(".")]
    return tuple(numbers + [0] * (3 - len(numbers)))


def _lay_over(
    pack: PackFile,
    below: RuleSet | None,
    base_lists: Map[str, NamedList],
    faults: list[SanctionScreenError],
    paths: Seq[Path],
) -> RuleSet:
    if pack.extends and (below is None or pack.extends not in below.packs):
        known = list(below.packs) if below else []
        faults.append(
            RuleError(f"extends {pack.extends!r}, which is not loaded{suggestion(pack.extends, known)}", pack.at)
        )
    if below is not None and pack.id in below.packs:
        faults.append(RuleError(f"a pack {pack.id!r} is loaded already", pack.at))
    changes: list[str] = []
    lists = _lists(pack, below.lists if below else base_lists, changes, faults)
    over_lines = ConditionParser(lists, faults)
    features = read_features(pack.features, below.features if below else {}, over_lines, faults)
    fields = {**FIELDS, **{one.field.name: one.field for one in features.values()}}
    parser = ConditionParser(lists, faults, fields, over_lines.used)
    layer = Layer(pack.id, parser, faults, features, paths=paths, has_tests=pack.has_tests)
    inherited = _inherited(below, lists, layer) if below else {}
    rules = dict(inherited)
    for node in pack.rules:
        rule = define(node, layer)
        if rule is None:
            continue
        if rule.id in rules:
            where = (
                "use overrides to change it"
                if rule.id in inherited
                else f"it is defined at {rules[rule.id].at} already"
            )
            faults.append(RuleError(f"rule {rule.id!r} exists; {where}", rule.at))
        rules[rule.id] = rule
    for node in pack.overrides:
        _override(Entry(node, "override", faults, RuleError), rules, layer, changes)
    exceptions = [_exception(Entry(node, "exception", faults, RuleError), rules, layer) for node in pack.exceptions]
    faults.extend(replacement_faults(rules, pack.id))
    return _sealed(pack, below, lists, rules, exceptions, changes, layer)


def _sealed(
    pack: PackFile,
    below: RuleSet | None,
    lists: dict[str, NamedList],
    rules: dict[str, Rule],
    exceptions: list[RuleException | None],
    changes: list[str],
    layer: Layer,
) -> RuleSet:
    ordered = tuple(fingerprinted(rules[key], layer.features) for key in sorted(rules))
    kept = (*(below.exceptions if below else ()), *(one for one in exceptions if one))
    unused = [
        f"{node.at}: list {name} is used by no rule"
        for name, node in pack.lists.items()
        if name not in layer.parser.used
    ]
    held = [f"{rule.id} {rule.fingerprint}" for rule in ordered]
    held += [f"{one.id} {sorted(one.rules)} {canonical(one.when)} {one.expires}" for one in kept]
    return RuleSet(
        ordered,
        lists,
        layer.features,
        kept,
        (*(below.changes if below else ()), *changes),
        (*(below.warnings if below else ()), *layer.warnings, *unused),
        (*(below.packs if below else ()), pack.id),
        below,
        digest("\n".join(held)),
    )


def _inherited(below: RuleSet, lists: Map[str, NamedList], layer: Layer) -> dict[str, Rule]:
    """The rules of the packs below, read again where a list they use has changed."""
    changed = {name for name, named in lists.items() if below.lists.get(name) != named}
    if not changed:
        return {rule.id: rule for rule in below.rules}
    return {rule.id: replace(rule, when=layer.parser.read_again(rule.when, changed)) for rule in below.rules}


def _lists(
    pack: PackFile, known: Map[str, NamedList], changes: list[str], faults: list[SanctionScreenError]
) -> dict[str, NamedList]:
    lists = dict(known)
    for name, node in pack.lists.items():
        entry = Entry(node, f"list {name!r}", faults, RuleError)
        is_change = isinstance(node, Mapping) and ("add" in node.entries or "remove" in node.entries)
        if name in known and not is_change:
            entry.fault(f"list {name!r} exists; change it with add and remove")
        elif is_change and name not in known:
            entry.fault(f"list {name!r} does not exist{suggestion(name, list(known))}")
        elif is_change:
            lists[name] = _changed_list(entry, known[name], pack.id, changes)
        else:
            lists[name] = _new_list(entry, name)
        if len(lists[name].values if name in lists else ()) > MAX_LIST_VALUES:
            entry.fault(f"list {name!r} holds more than {MAX_LIST_VALUES:,} values")
    return lists


def _new_list(entry: Entry, name: str) -> NamedList:
    kind = entry.choice("kind", LIST_KINDS)
    values = _list_values(entry, "values", kind, required=True)
    citation, as_of = entry.text("citation"), entry.optional_text("as_of") or ""
    entry.close()
    return NamedList(name, kind or "text", values, citation, as_of)


def _list_values(entry: Entry, key: str, kind: str, *, required: bool = False) -> tuple[str, ...]:
    """The values of a list, each checked against its kind where it stands."""
    good = []
    for scalar in entry.scalars(key, required=required):
        try:
            _check_value(kind, scalar.text)
            good.append(scalar.text)
        except Unreadable as bad:
            entry.fault(f"{key!r} of {entry.what}: {bad}", scalar.at)
    return tuple(good)


def _check_value(kind: str, text: str) -> None:
    if kind == "number":
        decimal(text)
    elif kind == "country" and read_value(Field("", FieldType.COUNTRY, ""), text) is None:
        raise Unreadable(f"{text!r} is no country")
    elif not text.strip():
        raise Unreadable("a value is empty")


def _changed_list(entry: Entry, named: NamedList, pack: str, changes: list[str]) -> NamedList:
    add, remove = _list_values(entry, "add", named.kind), entry.texts("remove")
    reason = entry.text("reason")
    entry.optional_text("approved_by")
    entry.close()
    for value in remove:
        if value not in named.values:
            entry.fault(f"list {named.name!r} has no {value!r} to remove")
    parts = [f"adds {', '.join(add)} to" if add else "", f"removes {', '.join(remove)} from" if remove else ""]
    changes.append(f"{pack} {' and '.join(part for part in parts if part)} {named.name}: {reason}")
    kept = tuple(value for value in named.values if value not in remove)
    return replace(named, values=tuple(dict.fromkeys((*kept, *add))))


def _override(entry: Entry, rules: dict[str, Rule], layer: Layer, changes: list[str]) -> None:
    rule_id = entry.text("id")
    reason, approved_by = entry.text("reason"), entry.text("approved_by")
    expected = entry.optional_text("expect_fingerprint")
    rule = rules.get(rule_id)
    if rule is None:
        if rule_id:
            hint = where_it_went(rule_id, layer.paths) or suggestion(rule_id, list(rules))
            entry.fault(f"no rule {rule_id!r} to override{hint}", entry.location("id"))
        return
    found = fingerprinted(rule, layer.features).fingerprint
    if expected and found != expected:
        layer.warnings.append(
            f"override of {rule_id}: the rule has changed since the review ({expected} is now {found})"
        )
    before = rule
    if entry.flag("disable"):
        if rule.gate:
            entry.fault(
                f"rule {rule_id!r} has a gate and cannot be disabled; change the profile's jurisdictions instead"
            )
        rules.pop(rule_id)
        changes.append(f"{layer.pack} disables {rule_id} ({approved_by}): {reason}")
    else:
        rules[rule_id] = rule = _changed_rule(rule, entry, layer)
        changes.append(f"{layer.pack} changes {rule_id}{_difference(before, rule)} ({approved_by}): {reason}")
    entry.close()


def _changed_rule(rule: Rule, entry: Entry, layer: Layer) -> Rule:
    settings = entry.entry("set", "set")
    if settings is not None:
        before, rule = rule, layer.reset(rule, settings)
        if before.gate and rule.status != before.status:
            entry.fault(f"rule {rule.id!r} has a gate and keeps its status", entry.location("set"))
    for key in ("and_when", "or_when", "replace_when"):
        node = entry.node(key)
        if node is None:
            continue
        extra: Condition = layer.parser.condition(node, entry.location(key))
        if rule.gate and key != "or_when":
            entry.fault(
                f"rule {rule.id!r} has a gate; its condition can only be widened (or_when)", entry.location(key)
            )
        when = extra
        if key != "replace_when":
            when = All((rule.when, extra)) if key == "and_when" else AnyOf((rule.when, extra))
        rule = replace(rule, when=when)
    return rule


def _difference(before: Rule, after: Rule) -> str:
    parts = [
        f" {key} {getattr(before, key)} → {getattr(after, key)}"
        for key in ("weight", "level", "status")
        if getattr(before, key) != getattr(after, key)
    ]
    return ",".join(parts) + (", condition" if before.when != after.when else "")


def _exception(entry: Entry, rules: Map[str, Rule], layer: Layer) -> RuleException | None:
    exception_id = entry.text("id")
    named = entry.scalars("rules", required=True)
    for scalar in named:
        _check_exempted(scalar, rules, entry, layer)
    when = layer.parser.condition(entry.node("when", required=True), entry.at)
    reason, approved_by = entry.text("reason"), entry.text("approved_by")
    expires = entry.optional_day("expires", required=True)
    entry.close()
    if expires is None:
        return None
    return RuleException(exception_id, frozenset(s.text for s in named), when, reason, approved_by, expires, entry.at)


def _check_exempted(scalar: Scalar, rules: Map[str, Rule], entry: Entry, layer: Layer) -> None:
    rule = rules.get(scalar.text)
    if rule is None:
        known = list(rules) if RULE_ID.match(scalar.text) else sorted(rules)
        hint = where_it_went(scalar.text, layer.paths) or suggestion(scalar.text, known)
        entry.fault(f"no rule {scalar.text!r}{hint}", scalar.at)
    elif not rule.exceptions_allowed:
        entry.fault(f"rule {scalar.text!r} does not allow exceptions", scalar.at)
