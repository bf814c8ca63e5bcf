-- Question:   none; makes the households that the register does not have yet
-- Reads:      monitored_incoming
-- Columns:    count of households made
-- Index:      households_household.code
-- Parameters: revision, day

WITH made AS (
    INSERT INTO households_household
        (code, area_id, group_name, address, house_grade, source, source_day, field_sources, revision_id)
    SELECT DISTINCT household, area, '', '', '', 'monitored_file', %(day)s::date, '{}'::jsonb, %(revision)s::bigint
    FROM monitored_incoming
    WHERE NOT EXISTS (SELECT FROM households_household WHERE code = monitored_incoming.household)
    RETURNING id
)
SELECT count(*) FROM made
