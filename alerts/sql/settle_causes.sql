-- Writes the causes of many signals at once, where they are others than before.
UPDATE alerts_signal AS signal SET cause = new.cause
FROM jsonb_to_recordset(%(signals)s::jsonb) AS new (id bigint, cause varchar)
WHERE signal.id = new.id AND signal.cause <> new.cause
