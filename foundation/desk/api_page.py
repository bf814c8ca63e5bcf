"""The description of the API as people read it: groups of operations, each with what it takes, gives and refuses.

Drawn from the same description that programs fetch (OpenAPI 3), in the reader's language: no script of others, nothing
to press that would send anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.accounts.programs.description import described

_METHODS = ("get", "post", "put", "patch", "delete")
#: Words of JSON Schema as a reader knows them are made in `_kind`; a list of values is cut after so many.
_MOST_VALUES = 40


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is taken or given: its name, what it holds, whether it must be there, and what it means."""

    name: str
    kind: str
    required: bool
    says: str


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of a body or an answer; `name` where there are several to choose from."""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing to ask for."""

    key: str
    method: str
    path: str
    summary: str
    says: str
    parameters: tuple[Field, ...]
    body: tuple[Shape, ...]
    gives: tuple[Shape, ...]
    refusals: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The operations under one word of the address; `name` says in the reader's language what is asked for there."""

    name: str
    word: str
    operations: tuple[Operation, ...]


def groups(language: str) -> list[Group]:
    """Return every operation, by the word of its address, as they stand in the description."""
    whole = described(language)
    found: dict[str, list[Operation]] = {}
    for path, methods in whole["paths"].items():
        for method in (each for each in _METHODS if each in methods):
            word = path.removeprefix("/api/v1/").split("/")[0]
            found.setdefault(word, []).append(_operation(whole, path, method, methods[method]))
    return [Group(_name_of(word), word, tuple(operations)) for word, operations in found.items()]


def _name_of(word: str) -> str:
    """Say what stands under a word of the address: what its rows are called; the word where there is no list."""
    try:
        view = resolve(f"{reverse('api:schema').removesuffix('schema/')}{word}/").func
    except Resolver404:
        return word
    rows = getattr(getattr(view, "cls", None), "queryset", None)
    return str(rows.model._meta.verbose_name_plural) if rows is not None else word


def _operation(whole: dict[str, Any], path: str, method: str, told: dict[str, Any]) -> Operation:
    done = {status: answer for status, answer in told["responses"].items() if status < "300"}
    return Operation(
        key=told["operationId"],
        method=method.upper(),
        path=path,
        summary=str(told.get("summary", "")),
        says=str(told.get("description", "")).strip(),
        parameters=tuple(
            _field(
                whole, each["name"], each["schema"], each.get("required", False), each.get("description", "")
            )
            for each in told.get("parameters", [])
        ),
        body=_of_content(whole, told.get("requestBody", {})),
        gives=_of_content(whole, next(iter(done.values()), {})),
        refusals=tuple(
            (status, str(answer.get("description", "")))
            for status, answer in sorted(told["responses"].items())
            if status >= "300"
        ),
    )


def _of_content(whole: dict[str, Any], told: dict[str, Any]) -> tuple[Shape, ...]:
    content: dict[str, Any] = next(iter(told.get("content", {}).values()), {})
    return tuple(_shapes(whole, content.get("schema", {})))


def _shapes(whole: dict[str, Any], schema: dict[str, Any], name: str = "") -> Iterator[Shape]:
    """Yield the shapes of a schema: one, or each of several; of a page of a list that of its rows."""
    if "oneOf" in schema:
        for each in schema["oneOf"]:
            yield from _shapes(whole, each, str(each.get("$ref", "")).rpartition("/")[2])
        return
    plain = _resolved(whole, schema)
    if plain.get("type") == "array":
        yield from _shapes(whole, plain.get("items", {}), name)
        return
    if "results" in plain.get("properties", {}):
        yield from _shapes(whole, plain["properties"]["results"]["items"], name)
        return
    required = plain.get("required", [])
    fields = tuple(
        _field(whole, key, each, key in required, each.get("description", ""))
        for key, each in plain.get("properties", {}).items()
    )
    if fields:
        yield Shape(name, fields)


def _field(whole: dict[str, Any], name: str, schema: dict[str, Any], required: bool, says: Any) -> Field:
    plain = _resolved(whole, schema)
    words = str(says or plain.get("title", "") or "")
    if "enum" in plain:  # its names stand there as a list of their own: one line for a reader
        words = "；".join(line.removeprefix("* ") for line in words.splitlines() if line.strip())
    return Field(name, _kind(plain), bool(required), words.replace("`", ""))


def _kind(schema: dict[str, Any]) -> str:
    """Say what a value is."""
    if "enum" in schema:
        return " | ".join(str(word) for word in schema["enum"][:_MOST_VALUES] if word not in ("", None))
    forms = {
        "date": _("day, YYYY-MM-DD"),
        "date-time": pgettext("field of the API", "moment"),
        "binary": pgettext("field of the API", "file"),
        "decimal": _("number with decimals"),
        "uuid": "UUID",
        "uri": pgettext("field of the API", "address"),
    }
    kinds = {
        "integer": _("whole number"),
        "number": _("number with decimals"),
        "boolean": "true | false",
        "array": pgettext("field of the API", "list"),
        "object": pgettext("field of the API", "object"),
        "string": pgettext("field of the API", "words"),
    }
    return forms.get(schema.get("format", "")) or kinds.get(str(schema.get("type")), "")


def _resolved(whole: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference to what it names."""
    if "allOf" in schema and len(schema["allOf"]) == 1:
        return _resolved(whole, schema["allOf"][0])
    if "$ref" in schema:
        named: dict[str, Any] = whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return named
    return schema
