-- Question:   which codes come again in the same file, after the line that counts (the first)?
-- Reads:      incoming_area, and takes these rows out of it
-- Columns:    line, code, name, line of the first row, whether the name is the same as there
-- Index:      none; one hash join
-- Parameters: none
WITH first AS (
    SELECT DISTINCT ON (code) code, line, name
    FROM incoming_area
    WHERE code IN (SELECT code FROM incoming_area GROUP BY code HAVING count(*) > 1)
    ORDER BY code, line
)
DELETE FROM incoming_area AS again
USING first
WHERE again.code = first.code AND again.line <> first.line
RETURNING again.line, again.code, again.name, first.line, again.name = first.name
