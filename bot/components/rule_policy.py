"""Rasa's two policies that remember, spared the work that cannot change what they predict.

Both keep Rasa's names: its ensemble knows by them which predictions were learned by heart. What
they learn and store is unchanged. Source: docs/adr/0027.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from rasa.core.policies import memoization, rule_policy
from rasa.core.policies.policy import PolicyPrediction
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

_POLICY = DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT
Rules = dict[str, str]  # rule as Rasa writes it down: its action


@DefaultV1Recipe.register(_POLICY, is_trainable=True)
class RulePolicy(rule_policy.RulePolicy):
    """Compares a state only with rules that end with its action and its intent."""

    _sorted: dict[int, _SortedRules] | None = None

    def _get_possible_keys(self, lookup: Rules, states: list[State]) -> set[str]:
        if states:
            lookup = self._sorted_rules(lookup).near(states[-1])
        found: set[str] = super()._get_possible_keys(lookup, states)
        return found

    def _sorted_rules(self, lookup: Rules) -> _SortedRules:
        self._sorted = self._sorted or {}
        known = self._sorted.get(id(lookup))
        if known is None or len(known.rules) != len(lookup):
            known = self._sorted[id(lookup)] = _SortedRules(lookup)
        return known


class _SortedRules:
    """`rules` is kept, so that its id stays its own. A rule that cannot be sorted fits anywhere."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._by_end: dict[tuple[str | None, str | None], Rules] = defaultdict(dict)
        for key, action in rules.items():
            self._by_end[_end_of_rule(json.loads(key)[-1])][key] = action

    def near(self, state: State) -> Rules:
        """All rules that may apply to a history with this newest state, and few others."""
        done, wanted = _fact(state, PREVIOUS_ACTION, ACTION_NAME), _fact(state, USER, INTENT)
        ends = {(None, None), (done, None), (done, wanted)}
        return {key: action for end in ends for key, action in self._by_end.get(end, {}).items()}


def _end_of_rule(state: State) -> tuple[str | None, str | None]:
    done = _fact(state, PREVIOUS_ACTION, ACTION_NAME)
    return done, _fact(state, USER, INTENT) if done else None


def _fact(state: State, kind: str, name: str) -> str | None:
    """What a rule demands or a state holds; None where it is nothing in particular."""
    value = (state.get(kind) or {}).get(name)
    return value if isinstance(value, str) and value not in {"", SHOULD_NOT_BE_SET} else None


@DefaultV1Recipe.register(_POLICY, is_trainable=True)
class MemoizationPolicy(memoization.MemoizationPolicy):
    """Where there are no stories there is nothing to look up, and no states to make for it."""

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        if not self.lookup:
            return self._prediction(self._default_predictions(domain))
        return super().predict_action_probabilities(tracker, domain, rule_only_data, **kwargs)
