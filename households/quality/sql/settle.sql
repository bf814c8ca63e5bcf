-- Question:   of whom does one rule fire now, and what does that change in the findings that are open?
-- Reads:      checked_family or checked_member, checked_value; households_qualityfinding and writes it
-- Columns out: findings opened, gone, changed (other facts), and judged ones that come back because the facts changed
-- Index:      quality_finding_open
-- Parameters: today, rule, passing (keys of facts that time changes), codes; the households that are checked
-- A judgement holds as long as the facts are the same, also where a finding went away and came back with them.
WITH fires AS MATERIALIZED (
    SELECT found.*, left(encode(sha256(convert_to((facts - %(passing)s::text[])::text, 'UTF8')), 'hex'), 32) AS digest
    FROM (
        SELECT household, area, {resident} AS resident, {facts} AS facts
        FROM {table} JOIN checked_value USING (area)
        WHERE {when}
    ) AS found
), open AS MATERIALIZED (
    SELECT id, household_id AS household, coalesce(resident_id, 0) AS resident, facts, digest, judged_on
    FROM households_qualityfinding AS finding
    WHERE {here} AND rule = %(rule)s AND gone_on IS NULL
), gone AS (
    UPDATE households_qualityfinding AS finding SET gone_on = %(today)s
    FROM open LEFT JOIN fires USING (household, resident)
    WHERE finding.id = open.id AND fires.household IS NULL
    RETURNING 1
), changed AS (
    UPDATE households_qualityfinding AS finding
    SET facts = fires.facts, digest = fires.digest,
        judged_on = CASE WHEN fires.digest = open.digest THEN finding.judged_on END,
        judged_by_id = CASE WHEN fires.digest = open.digest THEN finding.judged_by_id END,
        judged_reason = CASE WHEN fires.digest = open.digest THEN finding.judged_reason ELSE '' END
    FROM open JOIN fires USING (household, resident)
    WHERE finding.id = open.id AND open.facts <> fires.facts
    RETURNING open.judged_on IS NOT NULL AND fires.digest <> open.digest AS came_back
), judged AS (
    SELECT DISTINCT ON (household_id, coalesce(resident_id, 0), digest)
           household_id AS household, coalesce(resident_id, 0) AS resident, digest, judged_on, judged_by_id,
           judged_reason
    FROM households_qualityfinding AS finding
    WHERE {here} AND rule = %(rule)s AND gone_on IS NOT NULL AND judged_on IS NOT NULL
    ORDER BY household_id, coalesce(resident_id, 0), digest, id DESC
), opened AS (
    INSERT INTO households_qualityfinding
        (rule, household_id, resident_id, area_id, facts, digest, found_on, judged_on, judged_by_id, judged_reason)
    SELECT %(rule)s, fires.household, nullif(fires.resident, 0), fires.area, fires.facts, fires.digest, %(today)s,
           judged.judged_on, judged.judged_by_id, coalesce(judged.judged_reason, '')
    FROM fires
    LEFT JOIN open USING (household, resident)
    LEFT JOIN judged ON judged.household = fires.household AND judged.resident = fires.resident
        AND judged.digest = fires.digest
    WHERE open.id IS NULL
    ORDER BY fires.area, fires.household
    ON CONFLICT DO NOTHING
    RETURNING 1
)
SELECT (SELECT count(*) FROM opened), (SELECT count(*) FROM gone), (SELECT count(*) FROM changed),
       (SELECT count(*) FROM changed WHERE came_back)
