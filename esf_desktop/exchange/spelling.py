"""Where JSON departs from its one spelling or from its type, so that its maker is told; it is refused already then."""

import json
from typing import Any

import msgspec

from esf_desktop.signing.faults import Fault

_SAID = (
    ("unknown field", Fault.UNKNOWN_KEY),
    ("missing required field", Fault.MISSING_KEY),
    ("invalid value", Fault.WRONG_VALUE),
)


class _DuplicateKeyError(ValueError):
    """A key that stands twice in one object."""


class _KeyOrderError(ValueError):
    """Keys that are not in the order of their code units."""


def fault(content: bytes) -> Fault:
    """Why content of the right type is not spelled as required."""
    try:
        json.loads(content, object_pairs_hook=_once)
        json.loads(content, object_pairs_hook=_in_order)
    except _DuplicateKeyError:
        return Fault.DUPLICATE_KEY
    except _KeyOrderError:
        return Fault.KEY_ORDER
    except (ValueError, RecursionError):
        return Fault.NOT_JSON
    return Fault.JSON_SPELLING


def misfit(error: Exception, content: bytes) -> Fault:
    """What the decoder found wrong with the content."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return Fault.BAD_UTF8
    match error:
        case RecursionError():
            return Fault.TOO_DEEP
        case msgspec.ValidationError():
            said = str(error)
            return next((found for words, found in _SAID if words in said), Fault.WRONG_VALUE)
        case _:
            return Fault.NOT_JSON


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise _DuplicateKeyError
    return dict(pairs)


def _in_order(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key.encode("utf-16-be", "surrogatepass") for key, _ in pairs]
    if keys != sorted(keys):
        raise _KeyOrderError
    return dict(pairs)
