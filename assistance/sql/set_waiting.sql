-- What cases wait for: the open steps of each, with commas between them.
UPDATE assistance_case
SET waits_for = string_to_array(told.steps, ',')
FROM unnest(%(cases)s::bigint[], %(steps)s::text[]) AS told (id, steps)
WHERE assistance_case.id = told.id
