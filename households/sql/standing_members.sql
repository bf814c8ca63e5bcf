-- Question:   none; counts the people of the file in the case of their household
-- Reads:      monitored_incoming, monitored_case, households, residents
-- Columns:    count of cases that were there before and have more people now
-- Index:      residents by household, a_person_counts_once_in_a_standing
-- Parameters: revision

WITH made AS (
    INSERT INTO households_standingmember (standing_id, resident_id, revision_id)
    SELECT standing.id, resident.id, %(revision)s::bigint
    FROM monitored_case
    JOIN households_household AS household ON household.id = monitored_case.household
    JOIN monitored_incoming AS incoming ON incoming.household = household.code
    JOIN LATERAL (
        SELECT id FROM households_resident
        WHERE household_id = household.id AND subject = incoming.subject
        ORDER BY left_on IS NOT NULL, id LIMIT 1
    ) AS resident ON true
    JOIN households_standing AS standing
        ON standing.household_id = household.id AND standing.kind IN ('unstable', 'marginal', 'sudden')
        AND daterange(standing.from_day, standing.until_day, '[]')
            && daterange(monitored_case.from_day, monitored_case.until_day, '[]')
    ON CONFLICT (standing_id, resident_id) DO NOTHING
    RETURNING standing_id
)
SELECT DISTINCT monitored_case.household FROM made JOIN monitored_case ON monitored_case.standing = made.standing_id
