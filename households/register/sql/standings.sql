-- Question:   how many households are changed by their standing alone, when it is brought to what the file states: an
--             open beginning, an end on the day before the file's (never before its beginning)?
-- Reads:      register_standing, register_stood, register_met_household and what was judged of it; writes
--             households_standing
-- Columns:    one count; people are counted by their own rows
-- Index:      a_standing_is_held_once_at_a_time
-- Parameters: revision, as_of
WITH ended AS (
    UPDATE households_standing AS old
    SET until_day = greatest(%(as_of)s::date - 1, old.from_day), revision_id = %(revision)s
    FROM register_stood AS stood JOIN register_standing AS stated
        ON stated.household_id = stood.household_id AND stated.kind = stood.kind
        AND coalesce(stated.resident_id, 0) = coalesce(stood.resident_id, 0)
    WHERE old.id = stood.id AND NOT stated.holds AND NOT stood.is_newer AND stood.until_day IS NULL
    RETURNING old.household_id, old.resident_id
), made AS (
    INSERT INTO households_standing (household_id, resident_id, kind, from_day, basis, revision_id, risk_types,
        removal_way, helper, measures)
    SELECT stated.household_id, stated.resident_id, stated.kind, CASE WHEN stood.ever THEN %(as_of)s::date END,
        'register_file', %(revision)s, '{}', '', '', '{}'
    FROM register_standing AS stated
    LEFT JOIN (
        SELECT household_id, coalesce(resident_id, 0) AS resident, kind, true AS ever,
            bool_or(until_day IS NULL OR until_day >= %(as_of)s OR is_newer) AS still
        FROM register_stood GROUP BY household_id, coalesce(resident_id, 0), kind
    ) AS stood
        ON stood.household_id = stated.household_id AND stood.kind = stated.kind
        AND stood.resident = coalesce(stated.resident_id, 0)
    WHERE stated.holds AND stood.still IS NOT TRUE
    RETURNING household_id, resident_id
)
SELECT count(*)
FROM register_met_household AS met
WHERE met.id IN (
    SELECT household_id FROM ended WHERE resident_id IS NULL
    UNION ALL SELECT household_id FROM made WHERE resident_id IS NULL
) AND NOT EXISTS (SELECT FROM register_met_household_judged AS judged WHERE judged.id = met.id AND changed)
