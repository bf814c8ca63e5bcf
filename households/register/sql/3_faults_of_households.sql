-- Question:   which rows cannot be taken for what their household is in the file (datasets.md section 5)?
-- Reads:      cell, head_word, outside (household numbers that belong to areas where the person may not import)
-- Columns:    head: the first head row of each household; writes fault
-- Index:      none
-- Parameters: none
CREATE TABLE head AS
SELECT household, min(seq) AS first,
    -- The head's row decides what the household is, where it can be read.
    arg_min(area, seq) FILTER (WHERE structure IS NULL) AS area,
    arg_min(household_type, seq) FILTER (WHERE structure IS NULL) AS household_type
FROM cell
WHERE household IS NOT NULL AND (slipped_head OR relation IN (SELECT word FROM head_word))
GROUP BY household;

INSERT INTO fault
SELECT cell.seq, 'relation', 'head_missing'
FROM cell ANTI JOIN head USING (household)
WHERE cell.household IS NOT NULL AND structure IS NULL
UNION ALL
SELECT cell.seq, 'relation', 'head_duplicate'
FROM cell JOIN head USING (household)
WHERE structure IS NULL AND relation IN (SELECT word FROM head_word) AND twin <> head.first AND seq <> head.first
UNION ALL
SELECT cell.seq,
    CASE WHEN cell.area <> head.area THEN 'area' ELSE 'household_type' END, 'household_conflict'
FROM cell JOIN head USING (household)
WHERE structure IS NULL AND (cell.area <> head.area OR cell.household_type <> head.household_type)
UNION ALL
SELECT cell.seq, 'household', 'household_conflict'
FROM cell JOIN outside USING (household)
WHERE structure IS NULL;
