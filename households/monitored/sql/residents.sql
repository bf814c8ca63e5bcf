-- Question:   none; makes the members that the register does not have yet
-- Reads:      monitored_incoming, households
-- Columns:    count of members made
-- Index:      households_household.code, residents by household
-- Parameters: revision, day

WITH made AS (
    INSERT INTO households_resident
        (household_id, area_id, subject, name, initials, sex, born_on, relation, ethnicity, education, school_stage,
         health, labour, work_place, dibao, tekun, departure, source, source_day, field_sources, revision_id)
    SELECT household.id, household.area_id, incoming.subject, incoming.name, incoming.initials, incoming.sex,
        incoming.born_on,
        -- The register's head stays: a list of monitored objects does not say who heads a household it has already.
        CASE WHEN incoming.relation = '01' AND EXISTS (
            SELECT FROM households_resident AS head
            WHERE head.household_id = household.id AND head.relation = '01' AND head.left_on IS NULL
        ) THEN '28' ELSE incoming.relation END, '', '', '', '{}', '', '', '', '', '',
        'monitored_file', %(day)s::date, '{}'::jsonb, %(revision)s::bigint
    FROM monitored_incoming AS incoming
    JOIN households_household AS household ON household.code = incoming.household
    WHERE NOT EXISTS (
        SELECT FROM households_resident AS known
        WHERE known.household_id = household.id AND known.subject = incoming.subject
    )
    ORDER BY incoming.seq
    RETURNING id
)
SELECT count(*) FROM made
