-- Question:   which households and people of the file are in the register already?
-- Reads:      register_household, register_resident, households_household, households_resident
-- Columns:    id and what the file states; came_back: had left, and the file lists them again; stays_away: died, or
--             left on a later day than the file's
-- Index:      households_household by code, households_resident by household
-- Parameters: as_of
CREATE TEMP TABLE register_met_household ON COMMIT DROP AS
SELECT household.id, household.code, incoming.area_id, incoming.group_name, incoming.address,
    -- A telephone is not taken away by an empty cell or one that is none.
    coalesce(incoming.phone_id, household.phone_id) AS phone_id,
    incoming.net_income_per_head, incoming.house_grade, incoming.water_safe
FROM register_household AS incoming JOIN households_household AS household ON household.code = incoming.code;

CREATE TEMP TABLE register_met ON COMMIT DROP AS
SELECT DISTINCT ON (incoming.household, incoming.subject) resident.id, incoming.*,
    coalesce(resident.departure <> 'died' AND resident.left_on < %(as_of)s, false) AS came_back,
    coalesce(resident.departure = 'died' OR resident.left_on >= %(as_of)s, false) AS stays_away
FROM register_resident AS incoming
JOIN households_household AS household ON household.code = incoming.household
JOIN households_resident AS resident
    ON resident.household_id = household.id AND resident.subject = incoming.subject
ORDER BY incoming.household, incoming.subject, resident.left_on IS NOT NULL, resident.id DESC;

ANALYZE register_met_household, register_met
