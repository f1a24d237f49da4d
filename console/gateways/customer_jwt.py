"""Reads the signed token with which a shop vouches for its customer (contracts, section 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from console.desk.errors import NotSignedIn

ALGORITHM = "HS256"
LONGEST = timedelta(minutes=10)
AUDIENCE = "baton"
_CLAIMS = ["iss", "aud", "sub", "iat", "exp", "jti"]


@dataclass(frozen=True, slots=True)
class ShopSignIn:
    """What the shop says: this browser is that customer."""

    customer_no: str
    jti: str
    expires_at: datetime


def read_customer_jwt(token: str, keys: dict[str, str], now: datetime) -> ShopSignIn:
    """Checks key, algorithm, audience and times. Raises `NotSignedIn` without saying why."""
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        claims = jwt.decode(
            token,
            keys[str(kid)],
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            options={"require": _CLAIMS, "verify_exp": False, "verify_iat": False},
        )
        return _sign_in(claims, now)
    except (jwt.PyJWTError, KeyError, ValueError, TypeError, OverflowError, OSError) as error:
        raise NotSignedIn("the sign-in is not valid") from error


def _sign_in(claims: dict[str, Any], now: datetime) -> ShopSignIn:
    issued = datetime.fromtimestamp(claims["iat"], UTC)
    expires = datetime.fromtimestamp(claims["exp"], UTC)
    if not (issued - timedelta(minutes=1) <= now < expires and expires - issued <= LONGEST):
        raise ValueError("outside its time")
    subject, jti = claims["sub"], claims["jti"]
    if not (isinstance(subject, str) and 1 <= len(subject) <= 64 and 8 <= len(str(jti)) <= 128):
        raise ValueError("subject or jti")
    return ShopSignIn(subject, str(jti), expires)


def sign_customer_jwt(
    customer_no: str, kid: str, key: str, issuer: str, jti: str, now: datetime
) -> str:
    """What a shop's own server does; the demo shop and the tests use it."""
    claims = {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": customer_no,
        "iat": int(now.timestamp()),
        "exp": int((now + LONGEST).timestamp()),
        "jti": jti,
    }
    return jwt.encode(claims, key, algorithm=ALGORITHM, headers={"kid": kid})
