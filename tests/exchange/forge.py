"""Files whose payload is signed as it should be and written as it should not."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from esf_desktop.exchange.kinds import Kind
from esf_desktop.signing import container
from esf_desktop.signing.container import Member, Opened
from esf_desktop.signing.keys import SigningKey
from tests.exchange import samples


def opened(file: bytes) -> Opened:
    """A sound file, opened."""
    return container.read(file, file="f", limit=Kind.CALL.limit)


def members(file: bytes) -> list[Member]:
    """The payload members of a sound file."""
    inside = opened(file)
    return [Member(name, inside.media_types[name], content) for name, content in inside.members.items()]


def signed(parts: Sequence[Member], key: SigningKey) -> bytes:
    """Those members in a sound container."""
    return container.write(parts, key, at=samples.AT)


def respelled(file: bytes, change: Callable[[bytes], bytes], key: SigningKey) -> bytes:
    """A file whose payload was spelled otherwise before it was signed."""
    first, *rest = members(file)
    return signed([first._replace(content=change(first.content)), *rest], key)


def replaced(file: bytes, old: str, new: str, key: SigningKey, *, times: int = 1) -> bytes:
    """A file in whose payload a text was replaced before it was signed."""

    def change(payload: bytes) -> bytes:
        assert old.encode() in payload, old
        return payload.replace(old.encode(), new.encode(), times)

    return respelled(file, change, key)


def edited(file: bytes, edit: Callable[[Any], None], key: SigningKey) -> bytes:
    """A file whose payload was edited as plain JSON, and spelled in the one way."""

    def change(payload: bytes) -> bytes:
        value = msgspec.json.decode(payload)
        edit(value)
        return msgspec.json.encode(value, order="sorted")

    return respelled(file, change, key)
