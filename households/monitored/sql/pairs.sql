-- Question:   none; notes pairs of households that name the same person
-- Reads:      residents by their identity
-- Columns:    none
-- Index:      a_person_lives_in_one_household, a_pair_of_households_is_found_once
-- Parameters: day, revision; subjects, households, areas, names: arrays of the same length

INSERT INTO households_duplicate
    (basis, identity_id, household_id, claimed_code, claimed_area_id, claimed_name, found_on, revision_id)
SELECT 'number', pair.subject, resident.household_id, pair.household, pair.area, left(pair.name, 60), %(day)s, %(revision)s
FROM unnest(%(subjects)s::uuid[], %(households)s::text[], %(areas)s::text[], %(names)s::text[])
    AS pair (subject, household, area, name)
JOIN households_resident AS resident ON resident.subject = pair.subject AND resident.left_on IS NULL
ON CONFLICT DO NOTHING
