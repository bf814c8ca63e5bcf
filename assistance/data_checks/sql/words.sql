-- Question:   which measures does a case record, beside those that the old register names?
-- Reads:      checked_told, assistance_measure, assistance_aidrecord, assistance_measurestatement;
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
        SELECT case_id, kind::text AS word FROM assistance_measure WHERE state = 'landed'
        UNION ALL
        SELECT case_id, CASE code WHEN 'dibao' THEN '低保' WHEN 'tekun' THEN '特困供养' ELSE '残疾人补贴' END
        FROM assistance_measure
        WHERE state = 'landed' AND code IN ('dibao', 'tekun', 'disability_subsidies')
          AND (until_day IS NULL OR until_day >= %(today)s)
        UNION ALL
        SELECT case_id, kind::text FROM assistance_aidrecord WHERE state = 'recorded' AND landed_on <= %(today)s
        UNION ALL
        SELECT case_id, CASE code WHEN 'dibao' THEN '低保' WHEN 'tekun' THEN '特困供养' ELSE '残疾人补贴' END
        FROM assistance_aidrecord
        WHERE state = 'recorded' AND landed_on <= %(today)s
          AND code IN ('dibao', 'tekun', 'disability_subsidies')
          AND (per = 'once' OR coalesce(stopped_month, until_month, 'infinity') >= date_trunc('month', %(today)s::date))
        UNION ALL
        SELECT case_id, measure::text FROM assistance_measurestatement WHERE delivered_on <= %(today)s
    ) AS each USING (case_id)
    GROUP BY told.household
) AS recorded
WHERE recorded.household = family.household
