"""Secrets are told by what they can be recognized by."""

from hashlib import sha256

from github_modules.action_kit.hiding import hidden, shown_hook, without_secret

SECRET = "not-a-real-secret-1234"


def test_a_secret_becomes_its_hash_and_its_end():
    """Four characters of a short secret would be too many."""
    assert hidden(SECRET) == {"sha256": sha256(SECRET.encode()).hexdigest(), "last_four": "1234"}
    assert hidden("short")["last_four"] == ""


def test_the_field_itself_is_gone():
    """What GitHub masked is left out as well."""
    shown = without_secret({"number": 1, "secret": SECRET}, "secret")
    assert shown["secret_last_four"] == "1234"
    assert SECRET not in str(shown)
    assert without_secret({"secret": None, "a": 1}, "secret") == {"a": 1}
    assert without_secret({"secret": "****"}, "secret") == {}
    assert without_secret("text", "secret") == "text"


def test_a_webhook_without_its_secret():
    """Its other settings stay."""
    hook = {"id": 1, "config": {"url": "https://x.test", "secret": "********"}}
    assert shown_hook(hook) == {"id": 1, "config": {"url": "https://x.test"}}
    assert shown_hook({"id": 2}) == {"id": 2}
