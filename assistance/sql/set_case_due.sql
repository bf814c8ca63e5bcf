-- The last days of the open step and of the whole of some cases, as JSON rows (id, step, total).
UPDATE assistance_case
SET step_due_on = told.step, total_due_on = told.total
FROM json_to_recordset(%(cases)s::json) AS told (id bigint, step date, total date)
WHERE assistance_case.id = told.id
