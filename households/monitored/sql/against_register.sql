-- Question:   which rows contradict the register?
-- Reads:      monitored_incoming, households, residents, standings
-- Columns:    seq, field, reason
-- Index:      households_household.code, a_person_lives_in_one_household, a_household_is_in_one_category_at_a_time
-- Parameters: strict: whether nothing may be made that the register does not have

SELECT incoming.seq, 'area' AS field, 'household_conflict' AS reason
FROM monitored_incoming AS incoming
JOIN households_household AS household ON household.code = incoming.household
WHERE household.area_id <> incoming.area
UNION ALL
SELECT incoming.seq, 'id_number', 'id_in_other_household'
FROM monitored_incoming AS incoming
JOIN households_resident AS resident ON resident.subject = incoming.subject AND resident.left_on IS NULL
JOIN households_household AS household ON household.id = resident.household_id
WHERE household.code <> incoming.household
UNION ALL
-- The register has several cases in the time for which the file has one.
SELECT incoming.seq, 'identified', 'household_conflict'
FROM monitored_incoming AS incoming
JOIN households_household AS household ON household.code = incoming.household
WHERE 1 < (
    SELECT count(*) FROM households_standing AS standing
    WHERE standing.household_id = household.id AND standing.kind IN ('unstable', 'marginal', 'sudden')
        AND daterange(standing.from_day, standing.until_day, '[]') && daterange(
            incoming.from_day, (incoming.removed_on + interval '1 month' - interval '1 day')::date, '[]'
        )
)
UNION ALL
SELECT incoming.seq, CASE WHEN household.id IS NULL THEN 'household' ELSE 'id_number' END, 'not_in_register'
FROM monitored_incoming AS incoming
LEFT JOIN households_household AS household ON household.code = incoming.household
WHERE %(strict)s AND NOT EXISTS (
    SELECT FROM households_resident AS resident
    WHERE resident.household_id = household.id AND resident.subject = incoming.subject
)
