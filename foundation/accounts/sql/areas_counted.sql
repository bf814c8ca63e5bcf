-- Question:   how many areas of each level does the file name, and how many of them have no parent?
-- Reads:      incoming_area, accounts_area (after all changes)
-- Columns:    level, areas, orphans
-- Index:      primary key of accounts_area
-- Parameters: none
SELECT area.level, count(*), count(*) FILTER (WHERE area.parent_id IS NULL AND area.level > 2)
FROM incoming_area AS incoming
JOIN accounts_area AS area USING (code)
GROUP BY area.level
