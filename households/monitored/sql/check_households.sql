-- Question:   which rows contradict others of the file?
-- Reads:      told, reject (check.sql)
-- Columns:    more rows of reject; duplicate: seq of rows that repeat an earlier one word for word, and its seq
-- Index:      none
-- Parameters: none

-- Rows that are sound by themselves; of those that repeat each other word for word the first.
CREATE TABLE duplicate AS
SELECT seq, first FROM (
    SELECT seq, min(seq) OVER (PARTITION BY content, household, number) AS first
    FROM told WHERE seq NOT IN (SELECT seq FROM reject)
) WHERE seq > first;

CREATE TABLE head AS
SELECT DISTINCT ON (household) household, seq, area, kind, from_day, is_removed, removed_on
FROM told WHERE household IS NOT NULL AND relation_code = '01' ORDER BY household, seq;

CREATE TABLE contradiction AS
WITH sound AS (
    SELECT * FROM told
    WHERE seq NOT IN (SELECT seq FROM reject) AND seq NOT IN (SELECT seq FROM duplicate)
), placed AS (
    SELECT seq, household, number,
        first_value(household) OVER (PARTITION BY number ORDER BY seq) AS first_household,
        row_number() OVER (PARTITION BY number ORDER BY seq) AS place
    FROM sound
)
SELECT seq, 'relation' AS field, 'head_missing' AS reason FROM sound
WHERE household NOT IN (SELECT household FROM head)
UNION ALL
SELECT sound.seq, 'relation', 'head_duplicate' FROM sound JOIN head USING (household)
WHERE relation_code = '01' AND sound.seq > head.seq
UNION ALL
SELECT sound.seq, CASE WHEN sound.area <> head.area THEN 'area' WHEN sound.kind <> head.kind THEN 'category'
    WHEN sound.from_day <> head.from_day THEN 'identified' ELSE 'removed' END, 'household_conflict'
FROM sound JOIN head USING (household)
WHERE sound.area <> head.area OR sound.kind <> head.kind OR sound.from_day <> head.from_day
    OR sound.is_removed <> head.is_removed OR sound.removed_on <> head.removed_on
UNION ALL
SELECT seq, 'id_number', 'id_in_other_household' FROM placed WHERE place > 1;

INSERT INTO reject SELECT DISTINCT * FROM contradiction;
DROP TABLE contradiction;
