-- Question:   which risks of a case does its approved plan leave without a measure that stands?
-- Reads:      assistance_case, _conclusion, _caserisk, _plan, _planline, _measure, households_standing, monitoring_finding
-- Columns:    one array of codes of risk types, in their order; empty without an approved plan, and where the next
--             version waits for the township
-- Index:      the keys of the case; one_plan_of_a_case_holds, one_plan_of_a_case_waits
-- Parameters: pairs “standard:risk” of judged findings; today, half a year and a year before it; pairs “code:risk” of
--             what each measure of the catalogue answers, twice. The key of the case takes the place of the braces.
ARRAY(
    SELECT faced.risk
    FROM assistance_case AS told
    JOIN assistance_plan AS plan ON plan.case_id = told.id AND plan.state = 'approved'
    LEFT JOIN assistance_conclusion AS concluded ON concluded.case_id = told.id AND NOT concluded.superseded
    LEFT JOIN households_standing AS standing ON standing.id = told.standing_id
    CROSS JOIN LATERAL (
        SELECT unnest(
            CASE WHEN cardinality(told.risk_types) > 0 THEN told.risk_types
                 WHEN cardinality(concluded.risk_types) > 0 THEN concluded.risk_types
                 ELSE standing.risk_types END
        ) AS risk
        UNION
        SELECT split_part(pair, ':', 2)
        FROM assistance_caserisk AS judged
        JOIN monitoring_finding AS finding ON finding.id = judged.finding_id
        JOIN unnest(%s::text[]) AS pair ON split_part(pair, ':', 1) = finding.standard_id
        WHERE judged.case_id = told.id AND judged.answer = 'new_risk'
    ) AS faced
    WHERE told.id = {}
      AND NOT EXISTS (
          SELECT FROM assistance_plan AS next WHERE next.case_id = told.id AND next.state = 'submitted'
      )
      AND NOT EXISTS (
          SELECT
          FROM assistance_planline AS line
          JOIN assistance_measure AS measure ON measure.id = line.measure_id
          CROSS JOIN (SELECT %s::date AS today, %s::date AS half_year_ago, %s::date AS year_ago) AS days
          WHERE line.plan_id = plan.id
            AND (
                measure.state IN ('proposed', 'asked')
                -- assistance/measures/lasting.py says the same of one row.
                OR measure.state = 'landed'
                AND coalesce(least(measure.until_day, measure.stopped_on), 'infinity') >= days.today
                AND NOT (
                    measure.until_day IS NULL AND measure.stopped_on IS NULL AND coalesce(
                        measure.per = 'year' AND measure.landed_on <= days.year_ago
                        OR measure.per = 'term' AND measure.landed_on <= days.half_year_ago, false
                    )
                )
            )
            AND (
                measure.risk_type = faced.risk
                OR measure.risk_type <> '' AND (
                    measure.code || ':' || faced.risk = ANY (%s::text[])
                    OR measure.code || ':' || left(faced.risk, 2) = ANY (%s::text[])
                )
            )
      )
    ORDER BY faced.risk
)
