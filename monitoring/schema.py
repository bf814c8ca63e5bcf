"""A contract for programs: its declaration as JSON, with a JSON Schema of what an accepted row holds."""

from typing import Any

from monitoring.cells.possible import possible_reasons
from monitoring.contracts import words
from monitoring.contracts.contract import Column, Contract
from monitoring.contracts.terms import NUMBERS, CellType

_TYPES: dict[CellType, dict[str, Any]] = {
    CellType.ID_NUMBER: {"type": "string", "pattern": "^[0-9]{17}[0-9X]$"},
    CellType.NAME: {"type": "string", "minLength": 1},
    CellType.TEXT: {"type": "string", "minLength": 1},
    CellType.CODE: {"type": "string"},
    CellType.YES_NO: {"type": "boolean"},
    CellType.DAY: {"type": "string", "format": "date"},
    CellType.YEAR: {"type": "integer"},
    CellType.MONEY: {"type": "number", "multipleOf": 0.01},
    CellType.DECIMAL: {"type": "number", "multipleOf": 0.01},
    CellType.COUNT: {"type": "integer"},
}


def contract_schema(contract: Contract) -> dict[str, Any]:
    """Return the contract as plain data; texts are in the language of the request."""
    return {
        "code": contract.code,
        "version": contract.digest,
        "name": contract.name,
        "purpose": contract.purpose,
        "department": contract.department,
        "office": contract.office,
        "kind": contract.kind.value,
        "on_query": contract.on_query,
        "subject": contract.subject,
        "subject_name": contract.subject_name,
        "by_head": contract.by_head,
        "key": list(contract.key),
        "day": contract.day or None,
        "periods": [form.value for form in contract.periods],
        "rhythm": {"every": contract.rhythm.every.value, "by_day": contract.rhythm.by_day},
        "reject_share": f"{contract.reject_share:.4f}",
        "retention_months": contract.retention_months,
        "legal": {"kind": contract.legal.kind.value, "text": words.source(contract.legal)},
        "authoritative": [
            {"field": each.field.value, "columns": list(each.columns), "how": each.how}
            for each in contract.authoritative
        ],
        "columns": [_column(contract, column) for column in contract.columns],
        "row": row_schema(contract),
    }


def row_schema(contract: Contract) -> dict[str, Any]:
    """Return the JSON Schema of an accepted row: values in their types, by the headers of the contract."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": contract.code,
        "type": "object",
        "properties": {column.header: _property(column) for column in contract.columns},
        "required": [column.header for column in contract.required],
        "additionalProperties": False,
    }


def _column(contract: Contract, column: Column) -> dict[str, Any]:
    return {
        "header": column.header,
        "aliases": list(column.aliases),
        "type": column.type.value,
        "required": column.required,
        "codes": [{"value": code.value, "also": list(code.also)} for code in column.codes],
        "unit": column.unit,
        "purpose": column.purpose,
        "basis": column.basis,
        "notes": words.notes(column),
        "example": column.example,
        "reasons": [reason.value for reason in possible_reasons(contract, column)],
    }


def _property(column: Column) -> dict[str, Any]:
    told = dict(_TYPES[column.type])
    if column.type is CellType.CODE:
        told["enum"] = [code.value for code in column.codes]
    if column.type in NUMBERS:
        bounds = {"minimum": column.least, "maximum": column.most}
        told |= {name: float(bound) for name, bound in bounds.items() if bound is not None}
    return told | {"description": column.purpose}
