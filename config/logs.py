"""How a line of the log looks: whatever it tells, faults included, the numbers of people in it are masked."""

import logging

from households.identity.masking import masked_log


class MaskingFormatter(logging.Formatter):
    """Formats as usual, then masks what looks like an ID number or a telephone; others, such as ports, stay."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the whole text of a record, its fault included."""
        return masked_log(super().format(record))
