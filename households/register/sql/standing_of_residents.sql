-- Question:   none; brings dibao or tekun to what the register now says of its people
-- Reads:      register_resident, households_household, households_resident; writes households_standing
-- Columns:    none
-- Index:      a_standing_is_held_once_at_a_time
-- Parameters: kind, revision, as_of
WITH stated AS (
    SELECT resident.id, resident.household_id,
        CASE %(kind)s WHEN 'dibao' THEN resident.dibao ELSE resident.tekun END AS aid
    FROM register_resident AS incoming
    JOIN households_household AS household ON household.code = incoming.household
    JOIN households_resident AS resident
        ON resident.household_id = household.id AND resident.subject = incoming.subject AND resident.left_on IS NULL
    WHERE CASE %(kind)s WHEN 'dibao' THEN incoming.dibao ELSE incoming.tekun END <> ''
), standing AS (
    SELECT standing.id, standing.resident_id, standing.from_day, standing.until_day,
        revision.as_of > %(as_of)s OR revision.as_of = %(as_of)s AND standing.basis = 'hand' AS is_newer
    FROM households_standing AS standing JOIN households_revision AS revision ON revision.id = standing.revision_id
    WHERE standing.kind = %(kind)s AND standing.resident_id IS NOT NULL
), ended AS (
    UPDATE households_standing AS old SET until_day = greatest(%(as_of)s::date - 1, old.from_day), revision_id = %(revision)s
    FROM stated JOIN standing ON standing.resident_id = stated.id
    WHERE old.id = standing.id AND stated.aid = 'none' AND NOT standing.is_newer AND standing.until_day IS NULL
)
INSERT INTO households_standing (household_id, resident_id, kind, from_day, basis, revision_id, risk_types,
    removal_way, helper, measures)
SELECT household_id, id, %(kind)s,
    CASE WHEN EXISTS (SELECT FROM standing WHERE resident_id = stated.id) THEN %(as_of)s::date END,
    'register_file', %(revision)s, '{}', '', '', '{}'
FROM stated
WHERE aid IN ('rural', 'urban') AND NOT EXISTS (
    SELECT FROM standing
    WHERE resident_id = stated.id AND (until_day IS NULL OR until_day >= %(as_of)s OR is_newer)
)
