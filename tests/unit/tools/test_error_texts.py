"""Texts of errors are read from code as they will be said."""

from pathlib import Path

from tools.error_texts import Said, error_texts

SOURCE = """
_REMEDY = "Ask {x} again."
_HOST = "HOST.example"


def one(name, errors):
    raise ConfigurationError("The field is " "empty.", remedy=f"Fill in {name}{errors[0].text}.")


def two(answer):
    cause = f"No answer: {answer.body or 'empty'} from {_HOST}."
    raise CredentialError(cause, remedy=_REMEDY)


def three(status):
    if status == 1:
        cause, remedy = "left out", "not seen"
    if status == 401:
        cause = "The key."
        remedy = "New key."
    elif status == 404:
        cause = "The place."
        remedy = "New place."
    else:
        cause = f"Status {status}."
        remedy = "Look."
    return IntakeRefusedError(cause, remedy=remedy)


def four():
    raise ValueError("not ours")


class Holder:
    def five(self, kind):
        raise StateError(", ".join(kind))
"""


def texts(tmp_path: Path) -> list[Said]:
    folder = tmp_path / "package" / "inner"
    folder.mkdir(parents=True)
    (folder / "some.py").write_text(SOURCE, encoding="utf-8")
    return error_texts(tmp_path / "package")


def test_constants_values_and_branches_are_followed(tmp_path: Path) -> None:
    """Names are filled in where the code says them, and stand in capitals where it does not."""
    found = [(said.error, said.cause, said.remedy) for said in texts(tmp_path)]
    assert found == [
        ("ConfigurationError", "The field is empty.", "Fill in NAME TEXT."),
        ("CredentialError", "No answer: BODY from HOST.example.", "Ask {x} again."),
        ("IntakeRefusedError", "Status STATUS.", "Look."),
        ("IntakeRefusedError", "The key.", "New key."),
        ("IntakeRefusedError", "The place.", "New place."),
        ("StateError", "KIND", ""),
    ]


def test_place_and_line_lead_to_the_code(tmp_path: Path) -> None:
    """Each text says where it was found."""
    first = texts(tmp_path)[0]
    assert first.place == "inner/some.py"
    assert "raise ConfigurationError" in SOURCE.splitlines()[first.line - 1]
