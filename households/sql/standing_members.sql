-- Question:   none; counts the people of a file in the case of their household
-- Reads:      monitored_case, monitored_member (households/monitored/sql/cases.sql)
-- Columns:    households whose case was there before and has more people now
-- Index:      a_person_counts_once_in_a_standing
-- Parameters: revision

WITH counted AS (
    INSERT INTO households_standingmember (standing_id, resident_id, revision_id)
    SELECT monitored_case.standing, monitored_member.resident, %(revision)s::bigint
    FROM monitored_case JOIN monitored_member ON monitored_member.household = monitored_case.household
    ON CONFLICT (standing_id, resident_id) DO NOTHING
    RETURNING standing_id
)
SELECT DISTINCT monitored_case.household
FROM counted JOIN monitored_case ON monitored_case.standing = counted.standing_id
WHERE NOT monitored_case.made
