-- Question:   which orphans find their parent in this file?
-- Reads:      incoming_area, accounts_area; writes accounts_area
-- Columns:    none; the number of rows is the number of orphans that have a parent now
-- Index:      accounts_area by parent_id (null), then a hash join
-- Parameters: none
UPDATE accounts_area AS orphan
SET parent_id = parent.code
FROM incoming_area AS parent
WHERE orphan.parent_id IS NULL
  AND parent.code = left(orphan.code, CASE length(orphan.code)
      WHEN 4 THEN 2 WHEN 6 THEN 4 WHEN 9 THEN 6 WHEN 12 THEN 9 WHEN 15 THEN 12 END)
