-- Question:   which posts and which work did the case of a household bring to its members?
-- Reads:      checked_help; writes three columns that checked_member is given
-- Columns:    case_id; posts (public-welfare posts that run); sent_on (newest day on which work elsewhere was found)
-- Index:      none: the table is of this check alone
-- Parameters: none
ALTER TABLE checked_member
    ADD COLUMN case_id bigint, ADD COLUMN posts int NOT NULL DEFAULT 0, ADD COLUMN sent_on date;
UPDATE checked_member AS member
SET case_id = helped.case_id, posts = helped.posts, sent_on = helped.sent_on
FROM (
    SELECT resident, case_id, count(DISTINCT code) FILTER (WHERE kind = '100A42' AND runs) AS posts,
           max(landed_on) FILTER (WHERE code = 'labour_export') AS sent_on
    FROM checked_help
    WHERE resident IS NOT NULL
    GROUP BY resident, case_id
) AS helped
WHERE helped.resident = member.resident
