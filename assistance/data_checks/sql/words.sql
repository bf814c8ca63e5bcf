-- Question:   which measures does a case record, beside those that the old register names?
-- Reads:      checked_told, checked_help, assistance_measurestatement;
--             writes checked_family.measures
-- Columns:    measures gets codes of measure_kinds of what landed or is recorded as aid, the words of dibao, tekun and
--             disability subsidies as long as they run, and what the township states
-- Index:      the keys of the case
-- Parameters: today
UPDATE checked_family AS family
SET measures = family.measures || recorded.words
FROM (
    SELECT told.household, array_agg(DISTINCT each.word) AS words
    FROM checked_told AS told
    JOIN (
        SELECT case_id, kind::text AS word FROM checked_help
        UNION ALL
        SELECT case_id, CASE code WHEN 'dibao' THEN '低保' WHEN 'tekun' THEN '特困供养' ELSE '残疾人补贴' END
        FROM checked_help
        WHERE (runs OR once) AND code IN ('dibao', 'tekun', 'disability_subsidies')
        UNION ALL
        SELECT case_id, measure::text FROM assistance_measurestatement WHERE delivered_on <= %(today)s
    ) AS each USING (case_id)
    GROUP BY told.household
) AS recorded
WHERE recorded.household = family.household
