"""The rules of numbers.py as SQL of DuckDB, for whole columns of delivered files: the same answers, several
times as fast.

    define(connection)                       gives a DuckDB connection the macros below
    id_number_plain(text)                    text without blanks and full-width forms
    id_number_fault(text, from_number, year) the code of IdFault, or null; `year` is that of the business day
    id_number_clean_of(text, id_number_digits(text), year)   whether a text is a number without fault as it stands
    id_number_read(text)                     the 18 characters; only where there is no fault
"""

from typing import Any

from households.identity.numbers import BLANKS, CHECKS, FIRST_YEAR, SHORTENED, WEIGHTS, WIDE


def define(connection: Any) -> None:
    """Create the macros on a DuckDB connection; again is the same."""
    for statement in _statements():
        connection.execute(statement)


def _statements() -> list[str]:
    wide, meant = "".join(WIDE), "".join(WIDE.values())
    blanks = "".join(f"\\x{{{ord(blank):x}}}" for blank in BLANKS)
    places = [(weight, 10 ** (17 - place)) for place, weight in enumerate(WEIGHTS, 1)]
    weighted = " + ".join(f"{weight} * ((digits // {place}) % 10)" for weight, place in places)
    macros = {
        # Null becomes empty text, as an empty cell is.
        "plain(written)": f"""
            regexp_replace(translate(coalesce(written, ''), '{wide}', '{meant}'), '[{blanks}]', '', 'g')""",
        "body(plain)": """
            CASE WHEN length(plain) = 15 THEN substr(plain, 1, 6) || '19' || substr(plain, 7)
            ELSE substr(plain, 1, 17) END""",
        "check_of(digits)": f"substr('{CHECKS}', ({weighted}) % 11 + 1, 1)",
        # A macro writes out what it is given wherever it names it; a list of one is worked out once, and planned once.
        "check(body)": "list_transform([try_cast(body AS BIGINT)], lambda digits: id_number_check_of(digits))[1]",
        "born(body)": "CAST(try_strptime(substr(body, 7, 8), '%Y%m%d') AS DATE)",
        "born_well(body, year)": f"""
            coalesce(year(id_number_born(body)) BETWEEN {FIRST_YEAR} AND year, false)""",
        # Nearly every number is as it should be: the long way is gone by the others alone.
        "clean(written, year)": """
            regexp_full_match(coalesce(written, ''), '[0-9]{17}[0-9X]')
            AND id_number_born_well(written, year)
            AND substr(written, 18, 1) = id_number_check(substr(written, 1, 17))""",
        # The same, where the first 17 characters were made a number beforehand: they are asked for 17 times.
        "digits(written)": "try_cast(substr(written, 1, 17) AS BIGINT)",
        "clean_of(written, digits, year)": """
            regexp_full_match(written, '[0-9]{17}[0-9X]') AND id_number_born_well(written, year)
            AND substr(written, 18, 1) = id_number_check_of(digits)""",
        "odd_fault(plain, body, from_number, year)": f"""CASE
            WHEN plain = '' THEN 'id_missing'
            WHEN contains(plain, '*') THEN 'id_masked'
            WHEN length(plain) NOT IN (15, 18, 20, 22) OR regexp_full_match(plain, '{SHORTENED}') THEN 'id_length'
            WHEN from_number AND length(plain) > 15 THEN 'id_checksum'
            WHEN NOT regexp_full_match(substr(body, 7, 8), '[0-9]{{8}}')
                OR NOT id_number_born_well(body, year) THEN 'id_birth_date'
            WHEN NOT regexp_full_match(body, '[0-9]{{17}}')
                OR (length(plain) > 15 AND substr(plain, 18, 1) <> id_number_check(body)) THEN 'id_checksum'
            END""",
        "fault(written, from_number, year)": """
            CASE WHEN NOT from_number AND id_number_clean(written, year) THEN NULL ELSE
            list_transform([id_number_plain(written)], lambda plain:
                id_number_odd_fault(plain, id_number_body(plain), from_number, year))[1] END""",
        "read(written)": """
            CASE WHEN regexp_full_match(written, '[0-9]{17}[0-9X]') THEN written
            ELSE list_transform([id_number_plain(written)], lambda plain:
                id_number_body(plain) || id_number_check(id_number_body(plain)))[1] END""",
    }
    return [f"CREATE OR REPLACE TEMP MACRO id_number_{name} AS {text}" for name, text in macros.items()]
