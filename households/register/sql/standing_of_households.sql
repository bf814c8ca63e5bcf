-- Question:   none; brings 脱贫户 to what the file states: an open beginning, an end on the day before the file's (never before its beginning)
-- Reads:      register_household, households_household; writes households_standing
-- Columns:    households whose standing was made or ended
-- Index:      a_standing_is_held_once_at_a_time
-- Parameters: revision, as_of
WITH stated AS (
    SELECT household.id, incoming.lifted_out = 'yes' AS holds
    FROM register_household AS incoming JOIN households_household AS household ON household.code = incoming.code
), standing AS (
    SELECT standing.id, standing.household_id, standing.from_day, standing.until_day,
        revision.as_of > %(as_of)s OR revision.as_of = %(as_of)s AND standing.basis = 'hand' AS is_newer
    FROM households_standing AS standing JOIN households_revision AS revision ON revision.id = standing.revision_id
    WHERE standing.kind = 'lifted_out' AND standing.resident_id IS NULL
), ended AS (
    UPDATE households_standing AS old SET until_day = greatest(%(as_of)s::date - 1, old.from_day), revision_id = %(revision)s
    FROM stated JOIN standing ON standing.household_id = stated.id
    WHERE old.id = standing.id AND NOT stated.holds AND NOT standing.is_newer AND standing.until_day IS NULL
    RETURNING old.household_id
), made AS (
    INSERT INTO households_standing (household_id, kind, from_day, basis, revision_id, risk_types, removal_way,
        helper, measures)
    SELECT id, 'lifted_out',
        CASE WHEN EXISTS (SELECT FROM standing WHERE household_id = stated.id) THEN %(as_of)s::date END,
        'register_file', %(revision)s, '{}', '', '', '{}'
    FROM stated
    WHERE holds AND NOT EXISTS (
        SELECT FROM standing
        WHERE household_id = stated.id AND (until_day IS NULL OR until_day >= %(as_of)s OR is_newer)
    )
    RETURNING household_id
)
SELECT household_id FROM ended UNION SELECT household_id FROM made
