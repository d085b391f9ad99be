"""The rule language: YAML packs, read strictly, compiled once, evaluated over frames and over single records alike."""

from typing import TYPE_CHECKING

from sanctionscreen.rooms import on_first_use

if TYPE_CHECKING:
    from sanctionscreen.rules.pack import built_in_pack, load_rules
    from sanctionscreen.rules.ruleset import Rule, RuleException, RuleSet
    from sanctionscreen.rules.selftest import RuleTestResult, run_tests

__all__ = ["Rule", "RuleException", "RuleSet", "RuleTestResult", "built_in_pack", "load_rules", "run_tests"]

__getattr__ = on_first_use(
    __name__,
    {
        "Rule": "ruleset",
        "RuleException": "ruleset",
        "RuleSet": "ruleset",
        "RuleTestResult": "selftest",
        "built_in_pack": "pack",
        "load_rules": "pack",
        "run_tests": "selftest",
    },
)
