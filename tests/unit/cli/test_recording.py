"""What is kept of GitHub's answers, and what never is."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from github_modules.cli.recording import (
    About,
    Recorder,
    begin,
    clock_at,
    load,
    save,
)
from github_modules.errors import ConfigurationError, GithubUnavailableError, RequestError
from github_modules.github.response import Answer

ABOUT = About("https://api.github.com", {}, ("audit",), {}, 1, 2, 3)
URL = "https://api.github.com/orgs/acme/audit-log"
SECRET = "an-old-token-without-prefix"


class Script:
    """A network that answers from a list."""

    def __init__(self, *answers: Answer | Exception) -> None:
        self.answers = list(answers)
        self.closed = False

    def send(self, *_given: Any, **_more: Any) -> Answer:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        self.closed = True


def recorded(folder: Path, *answers: Answer | Exception) -> Recorder:
    begin(folder, ABOUT)
    return Recorder(Script(*answers), folder, [SECRET, ""])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just(f"x {SECRET} y"),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=60, deadline=None)
@given(value=JSON, spaces=st.booleans())
def test_what_is_played_is_what_was_used(
    tmp_path_factory: pytest.TempPathFactory, value: Any, spaces: bool
) -> None:
    """Byte for byte, and the secret in neither."""
    folder = tmp_path_factory.mktemp("rec") / "r"
    body = json.dumps(value, indent=2 if spaces else None).encode()
    used = recorded(folder, Answer(200, {"X-Any": f"a {SECRET}", "Set-Cookie": "c"}, body)).send(
        "GET", URL, {"Authorization": SECRET}
    )
    assert SECRET.encode() not in used.body
    assert SECRET in str(value) or used.body == body
    played = load(folder)[1].send("GET", URL, {})
    assert (played.status, played.body, dict(played.headers)) == (
        200,
        used.body,
        {"x-any": "a [hidden]"},
    )
    assert SECRET not in (folder / "answers.ndjson").read_text(encoding="utf-8")


@pytest.mark.parametrize("body", [b"<html>ghp_aaaaaaaaaaaaaaaaaaaa</html>", b"\xff\xfe\x00", b""])
def test_bodies_that_are_no_json(tmp_path: Path, body: bytes) -> None:
    """They come back as they were used."""
    used = recorded(tmp_path / "r", Answer(502, {}, body)).send("GET", URL, {})
    assert b"ghp_" not in used.body
    assert load(tmp_path / "r")[1].send("GET", URL, {}).body == used.body


def test_faults_and_their_order_are_kept(tmp_path: Path) -> None:
    """One address, asked three times; a fourth time there is nothing to say."""
    recorder = recorded(
        tmp_path / "r",
        GithubUnavailableError("No answer.", never_arrived=True),
        Answer(200, {}, b"[1]"),
        Answer(200, {}, b"[2]"),
    )
    with pytest.raises(GithubUnavailableError):
        recorder.send("GET", URL, {})
    assert [recorder.send("GET", URL, {}).body for _ in range(2)] == [b"[1]", b"[2]"]
    _, player = load(tmp_path / "r")
    with pytest.raises(GithubUnavailableError) as fault:
        player.send("GET", URL, {})
    assert (fault.value.cause, fault.value.never_arrived) == ("No answer.", True)
    assert [player.send("GET", URL, {}).body for _ in range(2)] == [b"[1]", b"[2]"]
    with pytest.raises(RequestError, match="no answer to GET /orgs/acme/audit-log"):
        player.send("GET", URL, {})
    player.close()


@pytest.mark.parametrize(
    "path",
    ["/app", "/app/installations/7/access_tokens", "/orgs/acme/installation", "/api/v3/app"],
)
def test_answers_about_tokens_are_not_kept(tmp_path: Path, path: str) -> None:
    """They pass through untouched."""
    recorder = recorded(tmp_path / "r", Answer(201, {}, b'{"token":"ghs_x"}'))
    answer = recorder.send("POST", f"https://api.github.com{path}", {})
    assert answer.body == b'{"token":"ghs_x"}'
    assert (tmp_path / "r" / "answers.ndjson").read_text(encoding="utf-8") == ""
    recorder.close()


def test_a_folder_that_is_no_recording(tmp_path: Path) -> None:
    """Empty, of another format, or damaged: one sentence. A used one is not written to."""
    for content in ("", "[]", '{"format": 1}'):
        (tmp_path / "recording.json").write_text(content, encoding="utf-8")
        with pytest.raises(ConfigurationError, match="holds no recording"):
            load(tmp_path)
    with pytest.raises(ConfigurationError, match="is not empty"):
        begin(tmp_path, ABOUT)
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match="cannot be written"):
        begin(tmp_path / "file" / "r", ABOUT)
    begin(tmp_path / "r", ABOUT)
    save(tmp_path / "r", replace(ABOUT, format=9))
    with pytest.raises(ConfigurationError):
        load(tmp_path / "r")


def test_a_recorded_clock_waits_in_no_time() -> None:
    """Its time is that of the recording, and goes on with its waits."""
    clock = clock_at(1_000)
    assert not clock.wait(5)
    assert (clock.now().timestamp(), clock.monotonic_s(), clock.stopped()) == (6.0, 5.0, False)
