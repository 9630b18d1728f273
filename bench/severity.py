"""How many events a second are evaluated on one core."""

import random
import time

from github_modules.severity.evaluate import RuleSet
from github_modules.severity.parse import builtin_rules

EVENTS = 200_000


def events_a_second() -> float:
    """Evaluate a mix of events, about half of which a rule names, and return the rate."""
    rng = random.Random(7)
    actions = [action for rule in builtin_rules() for action in rule.actions]
    actions += [f"quiet.action_{number}" for number in range(len(actions))]
    mix = [
        {"action": rng.choice(actions), "actor": "octo", "permission": "read", "org": "acme"}
        for _ in range(EVENTS)
    ]
    rules = RuleSet.with_builtin()
    began = time.process_time()
    for event in mix:
        rules.evaluate(event)
    return EVENTS / (time.process_time() - began)
