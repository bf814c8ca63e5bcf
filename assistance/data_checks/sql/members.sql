-- Question:   which posts and which work did the case of a household bring to its members?
-- Reads:      checked_told, assistance_measure; writes three columns that checked_member is given
-- Columns:    case_id; posts (public-welfare posts that run); sent_on (newest day on which work elsewhere was found)
-- Index:      the keys of the case
-- Parameters: today
ALTER TABLE checked_member
    ADD COLUMN case_id bigint, ADD COLUMN posts int NOT NULL DEFAULT 0, ADD COLUMN sent_on date;
UPDATE checked_member AS member
SET case_id = helped.case_id, posts = helped.posts, sent_on = helped.sent_on
FROM (
    SELECT measure.resident_id AS resident, told.case_id,
           count(*) FILTER (
               WHERE measure.kind = '100A42' AND (measure.until_day IS NULL OR measure.until_day >= %(today)s)
           ) AS posts,
           max(measure.landed_on) FILTER (WHERE measure.code = 'labour_export') AS sent_on
    FROM checked_told AS told
    JOIN assistance_measure AS measure USING (case_id)
    WHERE measure.state = 'landed' AND measure.resident_id IS NOT NULL
    GROUP BY measure.resident_id, told.case_id
) AS helped
WHERE helped.resident = member.resident
