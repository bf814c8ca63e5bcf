-- Question:   which case does the file state for each household, and which one does the register have for that time?
-- Reads:      monitored_incoming, monitored_member, standings
-- Columns:    monitored_case: one row per household; standing: id of the case that is there, null where none is;
--             kept: whether that one was checked by hand on the file's day or later, and stays; made: false
-- Index:      a_household_is_in_one_category_at_a_time
-- Parameters: day: as of which the file speaks

CREATE TEMP TABLE monitored_case ON COMMIT DROP AS
WITH stated AS (
    -- What the head's row says; where that row was not taken, the first one.
    SELECT DISTINCT ON (member.household) member.household, kind, from_day, risks, way, helper,
        measures, income, (removed_on + interval '1 month' - interval '1 day')::date AS until_day
    FROM monitored_incoming AS incoming JOIN monitored_member AS member USING (seq)
    ORDER BY member.household, relation <> '01', seq
)
SELECT stated.household, stated.kind, stated.from_day, stated.until_day, stated.risks, stated.way,
    stated.helper, stated.measures, stated.income, standing.id AS standing,
    coalesce(standing.basis = 'hand' AND revision.as_of >= %(day)s::date, false) AS kept, false AS made
FROM stated
LEFT JOIN households_standing AS standing
    ON standing.household_id = stated.household AND standing.kind IN ('unstable', 'marginal', 'sudden')
    AND daterange(standing.from_day, standing.until_day, '[]') && daterange(stated.from_day, stated.until_day, '[]')
LEFT JOIN households_revision AS revision ON revision.id = standing.revision_id
