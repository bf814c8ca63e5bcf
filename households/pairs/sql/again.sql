-- Question:   none; pairs that were settled and stand again: the departure that settled or decided them was taken back
-- Reads:      settled decisions, and those whose family event was taken back by itself, with the members
-- Columns:    decision
-- Index:      households_duplicate by household, a_person_lives_in_one_household, households_resident by key
-- Parameters: areas (patterns), households (null: everybody there)

SELECT row.id AS decision
FROM households_pairdecision AS row
JOIN households_duplicate AS pair ON pair.id = row.pair_id
JOIN households_household AS home ON home.id = pair.household_id
LEFT JOIN households_resident AS one ON one.id = pair.resident_id
LEFT JOIN households_resident AS other ON other.id = pair.other_id
WHERE (row.state = 'settled' OR row.state = 'decided' AND EXISTS (
        SELECT 1 FROM households_lineageact AS back WHERE back.undoes_id = row.event_id))
    AND home.area_id LIKE ANY (%(areas)s)
    AND (%(households)s::bigint[] IS NULL OR pair.household_id = ANY (%(households)s)
        OR other.household_id = ANY (%(households)s))
    AND CASE pair.basis
        WHEN 'number' THEN EXISTS (
            SELECT 1 FROM households_resident AS lives
            WHERE lives.subject = pair.identity_id AND lives.left_on IS NULL AND lives.household_id = pair.household_id)
        ELSE one.left_on IS NULL AND other.left_on IS NULL AND one.household_id = pair.household_id
            AND one.household_id <> other.household_id AND one.area_id = other.area_id AND one.name = other.name
            AND one.born_on = other.born_on AND one.sex = other.sex
    END
ORDER BY row.id
