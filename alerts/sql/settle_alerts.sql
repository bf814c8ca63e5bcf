-- Writes what is worked out from the living signals into many alerts at once; what ended keeps its priority.
UPDATE alerts_alert AS alert
SET channels = new.channels, standards = new.standards, themes = new.themes, repeats = new.repeats, unanswered = new.unanswered,
    priority = new.priority, parts = new.parts, band = new.band
FROM jsonb_to_recordset(%(alerts)s::jsonb) AS new (id bigint, channels varchar[], standards varchar[], themes varchar[],
    repeats integer, unanswered smallint, priority integer, parts jsonb, band varchar)
WHERE alert.id = new.id
