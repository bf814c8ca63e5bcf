-- Question:   which rows contradict others of the file?
-- Reads:      told, reject (check.sql)
-- Columns:    more rows of reject; duplicate: seq of rows that repeat an earlier one word for word, and its seq;
--             elsewhere: seq of rows whose person stands further up in another household
-- Index:      none
-- Parameters: none

CREATE TABLE readable AS
SELECT *, min(seq) OVER (PARTITION BY content, household, number) AS twin
FROM told WHERE seq NOT IN (SELECT seq FROM reject WHERE field IS NULL);

CREATE TABLE head AS
SELECT household, min(seq) AS first, arg_min(area, seq) AS area, arg_min(kind, seq) AS kind,
    arg_min(from_day, seq) AS from_day, arg_min(is_removed, seq) AS is_removed, arg_min(removed_on, seq) AS removed_on
FROM readable WHERE household IS NOT NULL AND relation_code = '01' GROUP BY household;

INSERT INTO reject
SELECT seq, 'relation', 'head_missing' FROM readable ANTI JOIN head USING (household) WHERE household IS NOT NULL
UNION ALL
SELECT seq, 'relation', 'head_duplicate' FROM readable JOIN head USING (household)
WHERE relation_code = '01' AND twin <> head.first
UNION ALL
SELECT seq, CASE WHEN readable.area <> head.area THEN 'area' WHEN readable.kind <> head.kind THEN 'category'
    WHEN readable.from_day <> head.from_day THEN 'identified' ELSE 'removed' END, 'household_conflict'
FROM readable JOIN head USING (household)
WHERE readable.area <> head.area OR readable.kind <> head.kind OR readable.from_day <> head.from_day
    OR readable.is_removed <> head.is_removed OR readable.removed_on <> head.removed_on;

CREATE TABLE elsewhere AS
WITH sound AS (
    SELECT * FROM readable WHERE seq NOT IN (SELECT seq FROM reject)
), placed AS (
    SELECT number, min(seq) AS first, arg_min(household, seq) AS household FROM sound GROUP BY number
)
SELECT sound.seq FROM sound JOIN placed USING (number) WHERE sound.household <> placed.household;

INSERT INTO reject SELECT seq, 'id_number', 'id_in_other_household' FROM elsewhere;

CREATE TABLE duplicate AS
SELECT seq, twin AS first FROM readable WHERE seq > twin AND twin NOT IN (SELECT seq FROM reject);

-- The later line of one person in one household counts; the row of the head stays the one that speaks for it.
CREATE TABLE sound AS
SELECT * FROM readable
WHERE seq NOT IN (SELECT seq FROM reject) AND seq NOT IN (SELECT seq FROM duplicate)
QUALIFY row_number() OVER (PARTITION BY household, number ORDER BY seq DESC) = 1;
