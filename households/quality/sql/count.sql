-- Question:   how many findings of each rule wait in each village now, and where is that a new number?
-- Reads:      households_qualityfinding, households_qualitycount and writes the latter
-- Columns:    none; the number of rows is the number of new counts
-- Index:      quality_finding_waiting, a_count_is_kept_once_a_day
-- Parameters: today; below (pattern of the areas that are counted)
-- A count holds from its day until the day of the next; one that changes twice on a day is the later one.
WITH now AS MATERIALIZED (
    SELECT area_id, rule, count(*) AS waiting
    FROM households_qualityfinding
    WHERE area_id LIKE %(below)s AND gone_on IS NULL AND judged_on IS NULL
    GROUP BY area_id, rule
), newest AS MATERIALIZED (
    SELECT id, area_id, rule, waiting, since
    FROM households_qualitycount
    WHERE area_id LIKE %(below)s AND until IS NULL
), different AS MATERIALIZED (
    SELECT newest.id, area_id, rule, newest.since, coalesce(now.waiting, 0) AS waiting
    FROM now FULL JOIN newest USING (area_id, rule)
    WHERE coalesce(now.waiting, 0) IS DISTINCT FROM newest.waiting
), corrected AS (
    UPDATE households_qualitycount AS count SET waiting = different.waiting
    FROM different WHERE count.id = different.id AND different.since = %(today)s
    RETURNING 1
), ended AS (
    UPDATE households_qualitycount AS count SET until = %(today)s
    FROM different WHERE count.id = different.id AND different.since < %(today)s
    RETURNING count.id
)
INSERT INTO households_qualitycount (area_id, rule, waiting, since)
SELECT area_id, rule, waiting, %(today)s
FROM different
WHERE different.id IS NULL OR different.since < %(today)s
ORDER BY area_id, rule
