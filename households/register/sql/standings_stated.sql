-- Question:   what does the file state of 脱贫户, dibao and tekun, and what stood of it before?
-- Reads:      register_household, register_resident, households_household, households_resident, households_standing
-- Columns:    register_standing: household, resident (null: the household itself), kind, holds; who neither has it nor
--             had it is left out. register_stood: the standings of those, is_newer: of a later day than the file, or of
--             the same day and checked by hand
-- Index:      none; joined as a whole, and counted, so that nothing that follows is planned for a few rows
-- Parameters: as_of
CREATE TEMP TABLE register_standing ON COMMIT DROP AS
SELECT household.id AS household_id, NULL::bigint AS resident_id, 'lifted_out' AS kind,
    incoming.lifted_out = 'yes' AS holds
FROM register_household AS incoming JOIN households_household AS household ON household.code = incoming.code
WHERE incoming.lifted_out = 'yes' OR household.id IN (
    SELECT household_id FROM households_standing WHERE kind = 'lifted_out' AND until_day IS NULL
)
UNION ALL
SELECT resident.household_id, resident.id, told.kind, told.aid <> 'none'
FROM register_resident AS incoming
JOIN households_household AS household ON household.code = incoming.household
JOIN households_resident AS resident
    ON resident.household_id = household.id AND resident.subject = incoming.subject AND resident.left_on IS NULL
CROSS JOIN LATERAL (
    VALUES ('dibao', resident.dibao, incoming.dibao), ('tekun', resident.tekun, incoming.tekun)
) AS told (kind, aid, said)
WHERE told.said <> '' AND (told.aid IN ('rural', 'urban') OR told.aid = 'none' AND (told.kind, resident.id) IN (
    SELECT kind, resident_id FROM households_standing WHERE resident_id IS NOT NULL AND until_day IS NULL
));

CREATE TEMP TABLE register_stood ON COMMIT DROP AS
SELECT standing.id, standing.household_id, standing.resident_id, standing.kind, standing.from_day, standing.until_day,
    revision.as_of > %(as_of)s OR revision.as_of = %(as_of)s AND standing.basis = 'hand' AS is_newer
FROM households_standing AS standing JOIN households_revision AS revision ON revision.id = standing.revision_id
WHERE (standing.household_id, coalesce(standing.resident_id, 0), standing.kind) IN (
    SELECT household_id, coalesce(resident_id, 0), kind FROM register_standing
);

ANALYZE register_standing, register_stood
