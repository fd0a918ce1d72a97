"""PDF objects from Python values: the one place where pyHanko's object types are spelled out."""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string

Box = tuple[float, float, float, float]
"""(x0, y0, x1, y1) in PDF points from the bottom left of the unrotated page."""


def dictionary(values: Mapping[str, Any]) -> generic.DictionaryObject:
    """A dictionary; its values are turned over one by one with `pdf`."""
    return generic.DictionaryObject({pdf_name(key): pdf(value) for key, value in values.items()})


def array(values: Iterable[Any]) -> generic.ArrayObject:
    return generic.ArrayObject([pdf(value) for value in values])


def text(value: str) -> generic.PdfObject:
    """A text string that people read."""
    return pdf_string(value)


def stream(
    values: Mapping[str, Any], data: bytes = b"", encoded: bytes | None = None
) -> generic.StreamObject:
    """A stream of `data`; with `encoded`, of bytes that went through the filters named in `values` already."""
    fields = {pdf_name(key): pdf(value) for key, value in values.items()}
    if encoded is None:
        return generic.StreamObject(fields, stream_data=data)
    return generic.StreamObject(fields, encoded_data=encoded)


def entry(values: generic.DictionaryObject, key: str, default: Any = None) -> Any:
    """An entry, followed to its object if it is a reference (`get` does not)."""
    try:
        return values[key]
    except KeyError:
        return default


def pdf(value: Any) -> generic.PdfObject:
    """ "/Name" a name, numbers as numbers, tuples and lists as arrays, mappings as dictionaries."""
    if isinstance(value, generic.Reference):
        return generic.IndirectObject(value.idnum, value.generation, value.pdf)
    if isinstance(value, generic.PdfObject):
        return value
    if isinstance(value, bool):
        return generic.BooleanObject(value)
    if isinstance(value, int):
        return generic.NumberObject(value)
    if isinstance(value, float):
        return generic.FloatObject(f"{value:.4f}")
    if isinstance(value, str):
        return pdf_name(value)
    if isinstance(value, Mapping):
        return dictionary(value)
    return array(value)
