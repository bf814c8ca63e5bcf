-- Question:   what has landed of the help of each case, as an answer of an office or as a record of aid?
-- Reads:      checked_told, assistance_measure, assistance_aidrecord
-- Columns:    case_id, resident (none: the household), code, kind; runs (goes on today; where the same help is recorded
--             by the month since, its records say so), once (a record of one day), landed_on (first day), newest (last
--             day or month in which it was given up to today), paid (its amount is known, here or in a record of it)
-- Index:      the keys of the case
-- Parameters: today
CREATE TEMPORARY TABLE checked_help AS
WITH recorded AS (
    SELECT aid.case_id, aid.measure_id, aid.resident_id AS resident, aid.code, aid.kind, aid.per, aid.landed_on,
           aid.amount IS NOT NULL AS paid,
           CASE aid.per WHEN 'month' THEN least(
               coalesce(least(aid.until_month, aid.stopped_month), 'infinity'), date_trunc('month', %(today)s::date)
           )::date END AS last_month
    FROM checked_told AS told
    JOIN assistance_aidrecord AS aid USING (case_id)
    WHERE aid.state = 'recorded' AND aid.landed_on <= %(today)s
), by_help AS (
    SELECT case_id, code, coalesce(resident, 0) AS whom, max(last_month) AS last_month,
           max(landed_on) FILTER (WHERE paid) AS paid_on
    FROM recorded
    GROUP BY case_id, code, coalesce(resident, 0)
), by_measure AS (
    SELECT measure_id, max(last_month) AS last_month, max(landed_on) FILTER (WHERE paid) AS paid_on
    FROM recorded
    WHERE measure_id IS NOT NULL
    GROUP BY measure_id
), answered AS (
    SELECT measure.*, greatest(by_help.last_month, by_measure.last_month) AS last_month,
           greatest(by_help.paid_on, by_measure.paid_on) AS paid_on
    FROM checked_told AS told
    JOIN assistance_measure AS measure USING (case_id)
    LEFT JOIN by_measure ON by_measure.measure_id = measure.id
    LEFT JOIN by_help
        ON by_help.case_id = measure.case_id AND by_help.code = measure.code
       AND by_help.whom = coalesce(measure.resident_id, 0)
    WHERE measure.state = 'landed'
)
SELECT case_id, resident_id AS resident, code, kind,
       coalesce(least(until_day, stopped_on), 'infinity') >= %(today)s
           -- Without a last day, an amount for a term or a year is over with it (assistance/measures/lasting.py).
           AND NOT (
               until_day IS NULL AND stopped_on IS NULL AND (
                   per = 'year' AND landed_on <= %(today)s::date - interval '1 year'
                   OR per = 'term' AND landed_on <= %(today)s::date - interval '6 months'
               )
           )
           AND (
               last_month IS NULL OR last_month < date_trunc('month', landed_on)
               OR last_month >= date_trunc('month', %(today)s::date)
           ) AS runs,
       false AS once, landed_on, landed_on AS newest,
       coalesce(amount, 0) > 0 OR coalesce(paid_on >= ticked_on, false) AS paid
FROM answered
UNION ALL
SELECT recorded.case_id, recorded.resident, recorded.code, recorded.kind,
       coalesce(recorded.last_month >= date_trunc('month', %(today)s::date), false), recorded.per = 'once',
       recorded.landed_on, greatest(recorded.landed_on, recorded.last_month),
       -- What an office answered of the same help without an amount is asked about there, once.
       recorded.paid OR same.case_id IS NOT NULL
FROM recorded
LEFT JOIN (SELECT DISTINCT case_id, code, coalesce(resident_id, 0) AS whom FROM answered) AS same
    ON same.case_id = recorded.case_id AND same.code = recorded.code AND same.whom = coalesce(recorded.resident, 0)
