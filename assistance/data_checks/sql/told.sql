-- Question:   which case tells of each household that is or was monitored?
-- Reads:      checked_family, assistance_case
-- Columns:    household, case_id
-- Index:      the key of the household
-- Parameters: none
CREATE TEMPORARY TABLE checked_told AS
SELECT DISTINCT ON (told.household_id) told.household_id AS household, told.id AS case_id
FROM assistance_case AS told
JOIN checked_family AS family ON family.household = told.household_id
WHERE family.category IS NOT NULL AND told.state IN ('enrolled', 'correcting', 'removed', 'ended')
ORDER BY told.household_id, told.id DESC
