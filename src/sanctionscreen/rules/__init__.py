"""The rule language: YAML packs, read strictly, compiled once, evaluated over frames and over single records alike."""

from sanctionscreen.rules.pack import built_in_pack, load_rules
from sanctionscreen.rules.ruleset import Rule, RuleException, RuleSet
from sanctionscreen.rules.selftest import RuleTestResult, run_tests

__all__ = ["Rule", "RuleException", "RuleSet", "RuleTestResult", "built_in_pack", "load_rules", "run_tests"]
