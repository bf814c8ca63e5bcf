-- Question:   none; pairs that wait and stand no more: the member of a number left, one of two who are alike left or was
--             corrected; `told` where somebody noted the pair or took it up: then it is closed, with its history
-- Reads:      waiting pairs with their members, and what was decided about them
-- Columns:    pair, told
-- Index:      duplicate_waiting, a_person_lives_in_one_household, households_resident by key
-- Parameters: areas (patterns), households (null: everybody there)

WITH over AS (
    SELECT pair.id, pair.noted_by_id
    FROM households_duplicate AS pair
    JOIN households_household AS home ON home.id = pair.household_id
    WHERE pair.basis = 'number' AND pair.decided_on IS NULL
        AND home.area_id LIKE ANY (%(areas)s)
        AND (%(households)s::bigint[] IS NULL OR pair.household_id = ANY (%(households)s))
        AND NOT EXISTS (
            SELECT 1 FROM households_resident AS lives
            WHERE lives.subject = pair.identity_id AND lives.left_on IS NULL AND lives.household_id = pair.household_id)
    UNION ALL
    SELECT pair.id, pair.noted_by_id
    FROM households_duplicate AS pair
    JOIN households_resident AS one ON one.id = pair.resident_id
    JOIN households_resident AS other ON other.id = pair.other_id
    WHERE pair.basis = 'likeness' AND pair.decided_on IS NULL
        AND (one.area_id LIKE ANY (%(areas)s) OR other.area_id LIKE ANY (%(areas)s))
        AND (%(households)s::bigint[] IS NULL
            OR one.household_id = ANY (%(households)s) OR other.household_id = ANY (%(households)s))
        AND NOT (one.left_on IS NULL AND other.left_on IS NULL AND one.household_id = pair.household_id
            AND one.household_id <> other.household_id AND one.area_id = other.area_id AND one.name = other.name
            AND one.born_on = other.born_on AND one.sex = other.sex)
)
SELECT over.id AS pair,
    over.noted_by_id IS NOT NULL
        OR EXISTS (SELECT 1 FROM households_pairdecision AS row WHERE row.pair_id = over.id) AS told
FROM over
-- What is being decided in this transaction is nobody else's to settle.
WHERE NOT EXISTS (
    SELECT 1 FROM households_pairdecision AS row WHERE row.pair_id = over.id AND row.state = 'decided')
ORDER BY over.id
