"""Commented templates: a rule with its tests, and a pack for a firm's own rules."""

from __future__ import annotations

from sanctionscreen.errors import InputError
from sanctionscreen.profile import LEVELS
from sanctionscreen.rules.definition import GROUPS, MAX_WEIGHT, RULE_ID, STATUSES
from sanctionscreen.rules.pack import BUILT_IN, PACK_ID

_GROUP_OF = {
    "PTY": "party",
    "GDS": "goods",
    "RTE": "route",
    "ENT": "entity",
    "TXT": "text",
    "VAL": "value",
    "BEH": "behaviour",
    "PAY": "payment",
    "DOC": "documents",
}
"""The middle of an id says its scoring group, as in the built-in pack."""

_RULE = """\
# {id}: one warning sign, with its reason, its source and the tests that prove it.
# It stands in rules/{id}.yml of a pack folder, or as an entry under `rules:` of a pack in one file.
# Completion and help while you write: `sanctionscreen rules schema -o pack.schema.json`, then put above these lines
#   # yaml-language-server: $schema=pack.schema.json      (the path from this file to that one)
# Fields: docs/fields.md. Lists: `sanctionscreen lists`. Check: `sanctionscreen rules check PACK`.

id: {id}  # for ever: it is never given to another rule
title: Priority goods to a hub, of a value worth asking about  # what it looks for, in one line
status: experimental  # one of: {statuses}; experimental is reported without points
version: 1  # one more with every change of meaning
level: medium  # one of: {levels}
group: {group}  # one of: {groups}; only the strongest finding of a group counts
weight: 15  # points it can add, 0 to {most}; say why here
tags: [own]  # RF-… names a published red flag: `sanctionscreen rules coverage`
why: >
  In plain words, for whoever reads the report: what this sign means, and why it is worth a question.
references:  # at least one: where the sign is published, or your own policy
  - text: "Own policy on diversion risk"
    pin: "section 1"
    # url: https://example.org/policy
falsepositives:  # when it fires and nothing is wrong
  - Known customers with an end-use statement on file.

# All keys of a mapping must hold. field|modifier: value; without a modifier: is, or is one of.
# A field that is missing makes its line unknown, never false; `field|exists: false` asks for an empty cell.
when:
  goods.chpl_tier: ["1", "2"]
  destination.country: $geo.hubs
  goods.value|gte: 10000  # in units of goods.currency
  # any:  # at least one of these
  #   - end_user.name|exists: false
  #   - not: {{consignee.country: $geo.coalition}}
  # party_hits|any: {{measure: sectoral, score|gte: 0.9}}  # all parts on the same hit

# gate: review  # the decision is never lower than this; block needs a legal prohibition
# applies: {{jurisdictions: [EU]}}  # only for exporters of these
# effective: {{from: 2026-01-01, to: 2026-12-31}}  # by the day of the screening

# What must be hit, what must not, and what stays unknown. A field left out was not collected; null is an empty cell.
tests:
  - name: processors to Kazakhstan
    record: {{goods.chpl_tier: "1", destination.country: KZ, goods.value: 25000}}
    expect: hit
  - name: processors to Germany
    record: {{goods.chpl_tier: "1", destination.country: DE, goods.value: 25000}}
    expect: no_hit
  - name: a file without values
    record: {{goods.chpl_tier: "1", destination.country: KZ}}
    expect: unknown
    missing: [goods.value]
"""

_PACK = """\
# {id}: own rules over the built-in ones. Use it with: sanctionscreen screen FILE --rules {id}
# A pack is one file like this, or a folder with this as pack.yml and one file a rule in rules/ (`rules new ID`).
# Check: `sanctionscreen rules check {id}`; test: `sanctionscreen rules test --rules {id}`.

pack:
  id: {id}
  version: 1.0.0
  extends: {base}
  title: Own rules

# lists:  # values of your own with their source, used in rules as $own.customers
#   own.customers: {{kind: text, values: [Example Works], citation: "customer register, 2026-01-31"}}
#   geo.hubs: {{add: [MN], reason: own assessment}}  # adds to a list that exists

# features:  # numbers that look across lines, used in rules as feature.lines_90d
#   lines_90d:
#     meaning: lines to this consignee within 90 days
#     aggregate: count
#     by: [consignee.name]
#     date: shipment.date
#     trailing_days: 90

# overrides:  # changes to rules below this pack, each with a reason and a name
#   - id: RU-ENT-005
#     set: {{weight: 10}}
#     reason: our customers are small workshops
#     approved_by: Head of Compliance

# exceptions:  # findings that are known and do not count, for a year at most; they stay visible
#   - id: EX-1
#     rules: [RU-ENT-005]
#     when: {{consignee.name: Example Works}}
#     reason: known customer, site visited
#     approved_by: Head of Compliance
#     expires: 2026-12-31

rules: []
"""


def rule_template(rule_id: str) -> str:
    """A rule that loads and proves itself, with a comment on every key.

    Raises:
        InputError: the id is none.
    """
    if not RULE_ID.match(rule_id):
        raise InputError(f"rule id {rule_id!r} must look like ACME-GDS-001: capitals, then a number of 3 or 4 digits")
    return _RULE.format(
        id=rule_id,
        group=_GROUP_OF.get(rule_id.split("-")[1], "goods"),
        statuses=", ".join(STATUSES),
        levels=", ".join(LEVELS),
        groups=", ".join(GROUPS),
        most=MAX_WEIGHT,
    )


def pack_template(pack_id: str) -> str:
    """A pack that extends the built-in one and holds nothing yet.

    Raises:
        InputError: the id is none.
    """
    if not PACK_ID.match(pack_id):
        raise InputError(f"pack id {pack_id!r} must look like acme-rules: lower-case letters, digits and hyphens")
    return _PACK.format(id=pack_id, base=BUILT_IN)
