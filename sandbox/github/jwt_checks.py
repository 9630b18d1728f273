"""The checks on an app's JSON web token, with GitHub's messages (rows E4 to E7)."""

from typing import Any

import jwt

MAX_LIFE_S = 600
BAD_IAT = "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
BAD_EXP = (
    "'Expiration time' claim ('exp') must be a numeric value representing"
    " the future time at which the assertion expires"
)
FAR_EXP = "'Expiration time' claim ('exp') is too far in the future"
UNREADABLE = "A JSON web token could not be decoded"
UNKNOWN_APP = "Integration not found"


class RefusedJwtError(Exception):
    """A JWT that GitHub refuses; carries status and message."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def check(token: str, public_key: str, issuers: set[str], now: float) -> None:
    """Check signature, issuer and times.

    Raises:
        RefusedJwtError: with the status and message that GitHub gives.
    """
    claims = _unverified(token)
    if str(claims.get("iss", "")) not in issuers:
        # The status of this row is not recorded publicly; 404 matches the message's wording.
        raise RefusedJwtError(404, UNKNOWN_APP)
    try:
        jwt.PyJWS().decode(token, public_key, algorithms=["RS256"])
    except jwt.PyJWTError as error:
        raise RefusedJwtError(401, UNREADABLE) from error
    _check_times(claims, now)


def _unverified(token: str) -> dict[str, Any]:
    try:
        header = jwt.get_unverified_header(token)
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError as error:
        raise RefusedJwtError(401, UNREADABLE) from error
    if header.get("alg") != "RS256":
        raise RefusedJwtError(401, UNREADABLE)
    return claims


def _check_times(claims: dict[str, Any], now: float) -> None:
    issued, expires = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, int) or issued > now:
        raise RefusedJwtError(401, BAD_IAT)
    if not isinstance(expires, int | float) or expires <= now:
        raise RefusedJwtError(401, BAD_EXP)
    if expires > now + MAX_LIFE_S:
        raise RefusedJwtError(401, FAR_EXP)
