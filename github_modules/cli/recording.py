"""GitHub's answers in a folder: written while they come, given again in their order.

Credentials are removed before anything is used or written, so that a recording and its replay see
the same bytes. Answers about tokens are not kept at all.
"""

import base64
import json
from collections import deque
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from github_modules.errors import ConfigurationError, GithubUnavailableError, RequestError
from github_modules.github.gate import Sender
from github_modules.github.redaction import redact
from github_modules.github.response import Answer

FORMAT = 1
_ABOUT = "recording.json"
_ANSWERS = "answers.ndjson"
_LEFT_OUT = {"set-cookie", "authorization", "proxy-authorization"}
_HIDDEN = "[hidden]"


@dataclass(frozen=True, slots=True)
class About:
    """What was recorded: whose, with which arguments, and whether it came to its end."""

    base_url: str
    owner: Mapping[str, str]
    sources: tuple[str, ...]
    arguments: Mapping[str, Any]
    since_ms: int
    until_ms: int
    now_ms: int
    phrase: str | None = None
    include: str | None = None
    severity: str = ""
    complete: bool = False
    format: int = FORMAT


class Recorder:
    """Sends through another sender, and keeps what comes back.

    Args:
        sender: the network.
        folder: an empty folder.
        secrets: texts that must not stand in an answer, such as the token.
    """

    def __init__(self, sender: Sender, folder: Path, secrets: Iterable[str]) -> None:
        self._sender = sender
        self._path = folder / _ANSWERS
        self._secrets = [secret for secret in secrets if secret]

    def send(
        self, method: str, url: str, headers: Mapping[str, str], *, json: object = None
    ) -> Answer:
        """Send a request, keep its answer without credentials, and return that.

        Raises:
            GithubUnavailableError: no answer came; that is kept too.
        """
        if _is_about_tokens(url):
            return self._sender.send(method, url, headers, json=json)
        try:
            answer = self._sender.send(method, url, headers, json=json)
        except GithubUnavailableError as error:
            fault = {"cause": error.cause, "never_arrived": error.never_arrived}
            self._keep({"method": method, "url": url, "fault": fault})
            raise
        clean = self._cleaned(answer)
        body = {"body": clean.body.decode("utf-8")} if _is_text(clean.body) else {
            "base64": base64.b64encode(clean.body).decode("ascii")
        }  # fmt: skip
        kept = {"method": method, "url": url, "status": clean.status}
        self._keep(kept | {"headers": dict(clean.headers)} | body)
        return clean

    def close(self) -> None:
        """Close the connections."""
        self._sender.close()

    def _keep(self, entry: Mapping[str, Any]) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")

    def _cleaned(self, answer: Answer) -> Answer:
        headers = {
            name: self._hidden(value)
            for name, value in answer.headers.items()
            if name not in _LEFT_OUT
        }
        return Answer(answer.status, headers, self._clean_body(answer.body), answer.url)

    def _clean_body(self, body: bytes) -> bytes:
        """Return the body as it came, unless a text in it holds a credential."""
        with suppress(ValueError):
            given = json.loads(body)
            clean = self._clean_value(given)
            return body if clean == given else json.dumps(clean).encode()
        if not _is_text(body):
            return body
        return self._hidden(body.decode("utf-8")).encode()

    def _clean_value(self, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
        if isinstance(value, str):
            return self._hidden(value)
        if isinstance(value, list):
            return [self._clean_value(one) for one in value]
        if isinstance(value, dict):
            return {self._hidden(name): self._clean_value(one) for name, one in value.items()}
        return value

    def _hidden(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return redact(text)


def _is_about_tokens(url: str) -> bool:
    path = urlsplit(url).path
    return "/app/" in path or path.endswith(("/app", "/installation"))


def _is_text(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except ValueError:
        return False
    return True


@dataclass
class Player:
    """Gives recorded answers, each once, in their order for each address."""

    answers: dict[tuple[str, str], deque[dict[str, Any]]]

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],  # noqa: ARG002 - as the network's
        *,
        json: object = None,  # noqa: ARG002 - as the network's
    ) -> Answer:
        """Return the next recorded answer.

        Raises:
            GithubUnavailableError: none had come while it was recorded.
            RequestError: the recording has no further answer to this request.
        """
        waiting = self.answers.get((method, url))
        if not waiting:
            raise RequestError(
                f"The recording has no answer to {method} {urlsplit(url).path}.",
                remedy="It was cut short, or made by another version: record again.",
            )
        kept = waiting.popleft()
        if fault := kept.get("fault"):
            raise GithubUnavailableError(fault["cause"], never_arrived=fault["never_arrived"])
        body = kept["body"].encode() if "body" in kept else base64.b64decode(kept["base64"])
        return Answer(kept["status"], kept["headers"], body, url)

    def close(self) -> None:
        """Do nothing: there are no connections."""


@dataclass
class RecordedClock:
    """The time of the recording; waits take none."""

    at: datetime
    waited_s: float = field(default=0.0)

    def now(self) -> datetime:
        """Return the time that the recording has come to."""
        return self.at + timedelta(seconds=self.waited_s)

    def monotonic_s(self) -> float:
        """Return the seconds waited so far."""
        return self.waited_s

    def wait(self, seconds: float) -> bool:
        """Take note of a wait, and go on at once."""
        self.waited_s += seconds
        return False

    def stopped(self) -> bool:
        """Return that nobody asked to stop."""
        return False


def begin(folder: Path, about: About) -> None:
    """Make the folder of a recording.

    Raises:
        ConfigurationError: something is in it already, or it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ConfigurationError(
                f"The folder {folder.name} is not empty.", remedy="Name a new one."
            )
        (folder / _ANSWERS).touch()
        save(folder, about)
    except OSError as error:
        raise ConfigurationError(
            f"The folder {folder.name} cannot be written: {error.strerror}.",
            remedy="Name another one.",
        ) from error


def save(folder: Path, about: About) -> None:
    """Write what the recording is of."""
    text = json.dumps(asdict(about), indent=2)
    (folder / _ABOUT).write_text(text + "\n", encoding="utf-8")


def load(folder: Path) -> tuple[About, Player]:
    """Return what a recording is of, and who plays it.

    Raises:
        ConfigurationError: it is none, or of another format.
    """
    try:
        about = About(**json.loads((folder / _ABOUT).read_text(encoding="utf-8")))
        answers: dict[tuple[str, str], deque[dict[str, Any]]] = {}
        with (folder / _ANSWERS).open(encoding="utf-8") as file:
            for line in file:
                kept = json.loads(line)
                answers.setdefault((kept["method"], kept["url"]), deque()).append(kept)
    except (OSError, ValueError, TypeError, KeyError):
        about = None
        answers = {}
    if about is None or about.format != FORMAT:
        raise ConfigurationError(
            f"The folder {folder.name} holds no recording of this version.",
            remedy="Name a folder that `record` has written.",
        )
    return about, Player(answers)


def clock_at(at_ms: int) -> RecordedClock:
    """Return a clock that stands at a time."""
    return RecordedClock(datetime.fromtimestamp(at_ms / 1000, UTC))
