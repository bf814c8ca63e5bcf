-- Question:   which areas of the file are new, and to which area does each belong?
-- Reads:      incoming_area, accounts_area; writes accounts_area
-- Columns:    none; the number of rows is the number of new areas
-- Index:      primary key of accounts_area
-- Parameters: none
INSERT INTO accounts_area (code, name, initials, level, parent_id)
SELECT incoming.code, incoming.name, incoming.initials, length(incoming.code), coalesce(above.code, beside.code)
FROM incoming_area AS incoming
CROSS JOIN LATERAL (
    SELECT left(incoming.code, CASE length(incoming.code)
        WHEN 4 THEN 2 WHEN 6 THEN 4 WHEN 9 THEN 6 WHEN 12 THEN 9 WHEN 15 THEN 12 END)::varchar AS code
) AS parent
LEFT JOIN accounts_area AS above ON above.code = parent.code
LEFT JOIN incoming_area AS beside ON beside.code = parent.code
WHERE NOT EXISTS (SELECT FROM accounts_area AS known WHERE known.code = incoming.code)
ORDER BY incoming.code
