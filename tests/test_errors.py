"""What is raised survives process borders and says where, what and what would be right."""

from __future__ import annotations

import pickle

import pytest

from sanctionscreen.errors import (
    EngineError,
    InputError,
    Location,
    RuleError,
    SanctionScreenError,
    WatchlistError,
    raise_faults,
    suggestion,
)


@pytest.mark.parametrize("kind", [SanctionScreenError, InputError, RuleError, WatchlistError, EngineError])
def test_every_error_survives_pickling(kind: type[SanctionScreenError]) -> None:
    """Errors cross process borders whole."""
    copy = pickle.loads(pickle.dumps(kind("wrong", Location("f.yml", 3, 5))))
    assert type(copy) is kind
    assert str(copy) == "f.yml:3:5: wrong"


def test_faults_come_together_in_the_order_of_their_places() -> None:
    faults = [RuleError("b", Location("f.yml", 9)), RuleError("a", Location("f.yml", 2)), RuleError("c")]
    with pytest.raises(ExceptionGroup, match="3 faults in the rules; nothing was loaded") as caught:
        raise_faults(faults, "the rules")
    assert [str(one) for one in caught.value.exceptions] == ["c", "f.yml:2: a", "f.yml:9: b"]


def test_no_faults_raise_nothing() -> None:
    raise_faults([], "the rules")


def test_a_suggestion_names_the_nearest_or_the_choices() -> None:
    assert suggestion("wieght", ["weight", "level"]) == "; did you mean 'weight'?"
    assert suggestion("qqq", ["weight", "level"]) == "; use one of: level, weight"
    assert suggestion("qqq", []) == ""
