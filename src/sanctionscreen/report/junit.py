"""Results of rule tests as JUnit XML, which build servers read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree

from sanctionscreen.rules import RuleTestResult

# What XML 1.0 cannot hold, not even as a reference: one such character in a test's name would make the file unreadable.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(results: Sequence[RuleTestResult]) -> str:
    """The document: a suite a rule, a case a test; times are left out, so that the same results are the same bytes."""
    root = ElementTree.Element("testsuites", _counts("rules", results))
    for rule, group in groupby(results, key=lambda result: result.rule):
        held = list(group)
        suite = ElementTree.SubElement(root, "testsuite", _counts(rule, held))
        for result in held:
            _add_case(suite, result)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _counts(name: str, results: Sequence[RuleTestResult]) -> dict[str, str]:
    failed = sum(not result.passed for result in results)
    return {"name": _writable(name), "tests": str(len(results)), "failures": str(failed), "errors": "0"}


def _add_case(suite: ElementTree.Element, result: RuleTestResult) -> None:
    names = {"classname": _writable(result.rule), "name": _writable(result.test)}
    case = ElementTree.SubElement(suite, "testcase", names)
    if not result.passed:
        failure = ElementTree.SubElement(case, "failure", {"message": _writable(result.note), "type": "rule test"})
        said = f"expected {result.expected}; frames say {result.batch}, records say {result.single}"
        failure.text = _writable(said)


def _writable(text: str) -> str:
    """Text with each character that XML cannot hold shown as its number."""
    return _UNWRITABLE.sub(lambda found: f"<{ord(found.group()):x}>", text)
