-- Writes the first clue and the last days of many alerts at once, where they are others than before.
UPDATE alerts_alert AS alert
SET first_clue_on = new.first_clue_on, step_due_on = new.step_due_on, total_due_on = new.total_due_on
FROM jsonb_to_recordset(%(alerts)s::jsonb) AS new (id bigint, first_clue_on date, step_due_on date, total_due_on date)
WHERE alert.id = new.id AND (alert.first_clue_on, alert.step_due_on, alert.total_due_on)
    IS DISTINCT FROM (new.first_clue_on, new.step_due_on, new.total_due_on)
