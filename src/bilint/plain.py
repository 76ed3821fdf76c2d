"""Values as bytes and back: msgpack by a schema, data only. Words of the catalogue stay such, however deep they lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import msgspec
from msgspec import Raw, Struct

from bilint.model import Text

T = TypeVar("T")


class _Text(Struct, frozen=True):
    template: str
    many: str
    arguments: dict[str, str | int | float | _Text]


class _Packed(Struct, frozen=True, array_like=True):
    """A value, and which of the English in it is made of a template: schemas know strings only."""

    value: Raw
    texts: dict[str, _Text]


_PACKED = msgspec.msgpack.Decoder(_Packed)
_ENCODE = msgspec.msgpack.Encoder().encode


def packed(value: object) -> bytes:
    """Return a value as bytes. Raises ValueError, TypeError or OverflowError for what is no plain data."""
    texts: dict[str, _Text] = {}

    def known(text: object) -> str:
        if not isinstance(text, Text):
            raise TypeError(f"{type(text)} is no plain data")
        words = str.__str__(text)
        texts[words] = _of(text)
        return words

    encoded = msgspec.msgpack.Encoder(enc_hook=known).encode(value)
    return _ENCODE(_Packed(Raw(encoded), texts))


def unpacked(data: bytes | memoryview, decoder: msgspec.msgpack.Decoder[T]) -> T:
    """Return the value in bytes. Raises ValueError (of msgspec) or LookupError for bytes that are none."""
    found = _PACKED.decode(data)
    value = decoder.decode(found.value)
    return _with(value, {words: _text(each) for words, each in found.texts.items()}) if found.texts else value


def _of(text: Text) -> _Text:
    arguments = {name: _of(each) if isinstance(each, Text) else each for name, each in text.arguments.items()}
    return _Text(text.template, text.many, arguments)


def _text(record: _Text) -> Text:
    arguments = {name: _text(each) if isinstance(each, _Text) else each for name, each in record.arguments.items()}
    return Text(record.template, record.many, arguments)


def _with(value: Any, texts: Mapping[str, Text]) -> Any:
    """Return a value with the words in it that are made of templates."""
    if type(value) is str:
        return texts.get(value, value)
    if isinstance(value, tuple):
        items = [_with(each, texts) for each in value]
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    if isinstance(value, dict):
        made = type(value)()
        for key, each in value.items():
            made[_with(key, texts)] = _with(each, texts)
        return made
    if isinstance(value, Struct):
        return msgspec.structs.replace(value, **{n: _with(getattr(value, n), texts) for n in value.__struct_fields__})
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _with(getattr(value, each.name), texts) for each in fields(value)})
    return value
