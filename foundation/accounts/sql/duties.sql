-- Question:   what may a person act as on a day, by their own postings and by those they stand in for?
-- Reads:      accounts_posting, accounts_standin
-- Columns:    role, area, department, posting, and the absent person (null: the posting is their own)
-- Index:      foreign keys of accounts_posting.user and accounts_standin.substitute
-- Parameters: person, day
SELECT role, area, department, posting, absent
FROM (
    SELECT role, area_id AS area, department_id AS department, id AS posting, NULL::bigint AS absent,
           NULL::date AS from_day, NULL::bigint AS stand_in
    FROM accounts_posting
    WHERE user_id = %(person)s AND withdrawn_on IS NULL
      AND from_day <= %(day)s AND (until_day IS NULL OR until_day >= %(day)s)
    UNION ALL
    SELECT held.role, held.area_id, held.department_id, held.id, held.user_id, stand_in.from_day, stand_in.id
    FROM accounts_standin AS stand_in
    JOIN accounts_posting AS held ON held.id = stand_in.posting_id
    WHERE stand_in.substitute_id = %(person)s AND stand_in.withdrawn_on IS NULL
      AND stand_in.from_day <= %(day)s AND stand_in.until_day >= %(day)s
      -- Who stands in holds no more than the absent person does.
      AND held.withdrawn_on IS NULL
      AND held.from_day <= %(day)s AND (held.until_day IS NULL OR held.until_day >= %(day)s)
) AS duty
ORDER BY absent IS NOT NULL, from_day DESC, stand_in, area, role, posting
