-- Question: where does the register say something else than the rows in force?
-- Reads: claimed (temporary), residents and households under %(area)s. Leaves: wanted (temporary), one row a change.
-- A value that the register has from a later day than the department's is the newer one and stays without a word,
-- unless a hand wrote it: then the contradiction is put to a person. A death is asked about however late it comes.
-- Index: a_person_lives_in_one_household.
CREATE TEMP TABLE wanted ON COMMIT DROP AS
WITH newest AS (
    -- Where two areas speak of one person, the later word counts; events of coming and going stand each for itself.
    SELECT DISTINCT ON (subject, field, CASE WHEN field = 'resident.membership' THEN proposed END) *
    FROM claimed WHERE about IS NULL
    ORDER BY subject, field, CASE WHEN field = 'resident.membership' THEN proposed END, known_on DESC, delivery DESC
), matched AS (
    SELECT newest.*, resident.household_id, resident.id AS resident_id, resident.area_id,
        split_part(newest.field, '.', 2) AS place, to_jsonb(resident) AS member, resident.relation = '01' AS is_head
    FROM newest JOIN households_resident AS resident
        ON resident.subject = newest.subject AND resident.left_on IS NULL
    WHERE resident.area_id LIKE %(area)s || '%%'
), compared AS (
    SELECT matched.*, false AS of_household, member -> place AS present,
        coalesce(member -> 'field_sources' -> place ->> 0, member ->> 'source') AS source,
        coalesce(member -> 'field_sources' -> place ->> 1, member ->> 'source_day')::date AS source_day
    FROM matched WHERE field LIKE 'resident.%%' AND field <> 'resident.membership'
    UNION ALL
    SELECT matched.*, true, whole.row -> place,
        coalesce(whole.row -> 'field_sources' -> place ->> 0, whole.row ->> 'source'),
        coalesce(whole.row -> 'field_sources' -> place ->> 1, whole.row ->> 'source_day')::date
    FROM matched JOIN households_household AS household ON household.id = matched.household_id
    CROSS JOIN LATERAL (SELECT to_jsonb(household) AS row) AS whole
    WHERE field LIKE 'household.%%' AND is_head AND household.dissolved_on IS NULL
), changed AS (
    SELECT household_id, CASE WHEN of_household THEN NULL ELSE resident_id END AS resident_id, area_id, field, why,
        nullif(present, 'null'::jsonb) AS present, for_person, known_on, delivery, line, sheet,
        CASE WHEN field <> 'resident.health' THEN proposed
            WHEN proposed = 'true' THEN (present - '1') || '["2"]'::jsonb
            ELSE present - '2'
        END AS proposed
    FROM compared
    WHERE (known_on >= source_day OR source = 'hand')
        AND CASE
            WHEN field = 'resident.health' THEN (present ? '2') <> (proposed = 'true')
            WHEN proposed IS NULL AND field = 'household.house_grade' THEN present IN ('"C"', '"D"')
            WHEN proposed IS NULL THEN true
            ELSE present IS DISTINCT FROM proposed
        END
)
SELECT household_id, resident_id, NULL::uuid AS subject_id, area_id, field, why, present, proposed, for_person,
    known_on, delivery, line, sheet
FROM changed
UNION ALL
-- Who died or left.
SELECT household_id, resident_id, NULL, area_id, field, why, NULL, proposed, true, known_on, delivery, line, sheet
FROM matched
WHERE field = 'resident.membership'
    AND (proposed ->> 'event' = '死亡' OR known_on >= (member ->> 'source_day')::date)
    -- Who moved out together with the household: its move settled that (monitoring.proposals.moving).
    AND NOT (proposed ->> 'event' = '迁出' AND EXISTS (
        SELECT FROM monitoring_registerproposal AS settled
        JOIN households_householdmove AS move
            ON move.household_id = settled.household_id AND move.effective_on = settled.decided_on
        WHERE settled.resident_id = matched.resident_id AND settled.state = 'overtaken'
            AND settled.field = matched.field AND settled.proposed = matched.proposed AND move.state = 'accepted'
    ))
UNION ALL
-- Who came to a household of the register, and is no member of it.
SELECT head.household_id, NULL, claimed.subject, head.area_id, field, why, NULL, proposed, true, known_on, delivery,
    line, sheet
FROM claimed JOIN households_resident AS head
    ON head.subject = claimed.about AND head.left_on IS NULL AND head.relation = '01'
WHERE head.area_id LIKE %(area)s || '%%' AND NOT EXISTS (
    SELECT FROM households_resident AS member
    WHERE member.subject = claimed.subject AND member.household_id = head.household_id
        AND (member.left_on IS NULL OR member.left_on >= claimed.known_on)
)
