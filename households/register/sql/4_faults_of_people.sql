-- Question:   which rows name somebody who lives in another household, of the register or further up in the file?
-- Reads:      cell, living (number → household of the register); writes fault and elsewhere
-- Columns:    elsewhere: seq, household of the register or of the earlier row, earlier: that row (null: the register)
-- Index:      none
-- Parameters: none
CREATE TABLE elsewhere AS
SELECT seq, living.household, NULL::BIGINT AS earlier
FROM cell JOIN living USING (number)
WHERE cell.household IS NOT NULL AND living.household <> cell.household;

INSERT INTO elsewhere
WITH first_taken AS (
    SELECT number, min(seq) AS seq, arg_min(household, seq) AS household
    FROM cell
    WHERE number IS NOT NULL AND seq NOT IN (SELECT seq FROM fault) AND seq NOT IN (SELECT seq FROM elsewhere)
    GROUP BY number
)
SELECT cell.seq, first_taken.household, first_taken.seq
FROM cell JOIN first_taken USING (number)
WHERE cell.seq > first_taken.seq AND cell.household <> first_taken.household
    AND cell.seq NOT IN (SELECT seq FROM elsewhere);

INSERT INTO fault SELECT seq, 'number', 'id_in_other_household' FROM elsewhere;
