-- Question:   none; makes way for the head that the file names: a household has one
-- Reads:      register_resident; writes it where the old head was checked by hand, otherwise households_resident
-- Columns:    the number of rows is the number of people who are no longer head without being in the file
-- Index:      a_household_has_one_head
-- Parameters: revision, as_of
WITH former AS (
    SELECT resident.id, resident.subject, household.code, household.id AS household_id,
        coalesce(resident.field_sources -> 'relation' ->> 0, resident.source) AS source,
        coalesce(resident.field_sources -> 'relation' ->> 1, resident.source_day::text)::date AS day
    FROM register_resident AS incoming
    JOIN households_household AS household ON household.code = incoming.household
    JOIN households_resident AS resident
        ON resident.household_id = household.id AND resident.relation = '01' AND resident.left_on IS NULL
    WHERE incoming.relation = '01' AND resident.subject IS DISTINCT FROM incoming.subject
), stepping_back AS (
    UPDATE register_resident AS incoming
    SET relation = coalesce((
        SELECT relation FROM households_resident AS present
        WHERE present.household_id = former.household_id AND present.subject = incoming.subject
            AND present.left_on IS NULL
    ), '28')
    FROM former
    WHERE incoming.household = former.code AND incoming.relation = '01'
        AND (former.day > %(as_of)s OR former.day = %(as_of)s AND former.source = 'hand')
)
UPDATE households_resident AS resident
SET relation = '28', revision_id = %(revision)s,
    field_sources = resident.field_sources || jsonb_build_object('relation', jsonb_build_array('register_file', %(as_of)s::date))
FROM former
WHERE resident.id = former.id AND NOT (former.day > %(as_of)s OR former.day = %(as_of)s AND former.source = 'hand')
    AND NOT EXISTS (
        SELECT FROM register_resident AS incoming
        WHERE incoming.household = former.code AND incoming.subject = former.subject
    )
