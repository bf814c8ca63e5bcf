-- Question:   who in the register is each row of the file?
-- Reads:      monitored_incoming, households, residents
-- Columns:    monitored_member: seq, household, resident; of several rows of one person the living one
-- Index:      households_household.code, residents by household
-- Parameters: none

CREATE TEMP TABLE monitored_member ON COMMIT DROP AS
SELECT DISTINCT ON (incoming.seq) incoming.seq, household.id AS household, resident.id AS resident
FROM monitored_incoming AS incoming
JOIN households_household AS household ON household.code = incoming.household
JOIN households_resident AS resident
    ON resident.household_id = household.id AND resident.subject = incoming.subject
ORDER BY incoming.seq, resident.left_on IS NOT NULL, resident.id
