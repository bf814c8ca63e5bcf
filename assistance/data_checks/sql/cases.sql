-- Question:   what do the cases say of households that are or were monitored, beside the register?
-- Reads:      checked_family, checked_member, checked_told, checked_help, assistance_case, _conclusion, _measure,
--             _aidrecord, _plan, _removal, households_visit
-- Columns:    all of checked_family (households/quality/sql/families.sql), and
--             case_id; here (decided on this platform); no_labour (its mark); other_risk, disaster_kind (of the
--             decision); guarantees_known (some check answers all four questions); unable (members said to have no
--             labour); promised, promised_since (asked for, not answered and without an aid record: number, first day);
--             developed (development measures that landed, or under which aid is recorded); no_development (the plan
--             says why there is none); posts (public-welfare posts that run), premium_on (newest premium subsidy) and
--             unpaid_travel (travel subsidies without an amount), of answers and of records (help.sql);
--             removed_here; way; contact_name, contact_phone; removal_known (all four answers and an income);
--             net_after, line_after (yuan a head and year at the removal, and the line of that day);
--             looked_on (newest look at the four since the removal, or for it); out_of_school; lacking (of
--             dwelling, insurance and water, how many it found wanting)
-- Index:      the keys of case and household; visits_of_household
-- Parameters: today
CREATE TEMPORARY TABLE checked_case AS
WITH helped AS (
    SELECT told.case_id,
           count(*) FILTER (WHERE state = 'asked' AND NOT aided.here) AS promised,
           min(asked_on) FILTER (WHERE state = 'asked' AND NOT aided.here) AS promised_since,
           count(*) FILTER (WHERE (state = 'landed' OR aided.here) AND develops) AS developed
    FROM checked_told AS told
    JOIN assistance_measure AS measure USING (case_id)
    CROSS JOIN LATERAL (
        SELECT EXISTS (
            SELECT FROM assistance_aidrecord AS aid WHERE aid.measure_id = measure.id AND aid.state = 'recorded'
        ) AS here
    ) AS aided
    GROUP BY told.case_id
), had AS (
    SELECT case_id, count(DISTINCT (code, resident)) FILTER (WHERE kind = '100A42' AND runs) AS posts,
           max(newest) FILTER (WHERE code = 'premium_subsidy') AS premium_on,
           count(*) FILTER (WHERE code = 'travel_subsidy' AND NOT paid) AS unpaid_travel
    FROM checked_help
    GROUP BY case_id
), marked AS (
    SELECT DISTINCT ON (removal.case_id)
           removal.case_id, removal.way, removal.contact_name, removal.contact_phone, removal.visit_id,
           kept.net AS net_after, kept.line AS line_after
    FROM checked_told AS told
    JOIN assistance_removal AS removal USING (case_id)
    LEFT JOIN LATERAL (
        SELECT replace(guard -> 'facts' ->> 'net', ',', '')::numeric AS net,
               replace(guard -> 'facts' ->> 'line', ',', '')::numeric AS line
        FROM jsonb_array_elements(
            CASE WHEN jsonb_array_length(removal.decided_guards) > 0 THEN removal.decided_guards ELSE removal.guards END
        ) AS guard
        WHERE guard -> 'facts' ? 'net'
        LIMIT 1
    ) AS kept ON true
    WHERE removal.state IN ('removed', 'rolling_back')
    ORDER BY removal.case_id, removal.id DESC
), unable AS (
    SELECT household, count(*) AS unable FROM checked_member WHERE labour IN ('4', '5') GROUP BY household
)
SELECT family.*, told.case_id, each.origin <> 'import' AS here, each.no_labour,
       coalesce(concluded.other_risk, '') AS other_risk, coalesce(concluded.disaster_kind, '') AS disaster_kind,
       EXISTS (
           SELECT FROM households_visit AS visit
           WHERE visit.household_id = family.household AND visit.state = 'recorded' AND visit.outcome = 'met'
             AND visit.answers ?& ARRAY['house_safe', 'all_at_school', 'all_insured', 'water_safe']
       ) AS guarantees_known,
       coalesce(unable.unable, 0) AS unable,
       coalesce(helped.promised, 0) AS promised, helped.promised_since, coalesce(helped.developed, 0) AS developed,
       EXISTS (
           SELECT FROM assistance_plan AS plan
           WHERE plan.case_id = told.case_id AND plan.state = 'approved' AND plan.no_development <> ''
       ) AS no_development,
       coalesce(had.posts, 0) AS posts, had.premium_on, coalesce(had.unpaid_travel, 0) AS unpaid_travel,
       marked.case_id IS NOT NULL AS removed_here, marked.way, marked.contact_name, marked.contact_phone,
       coalesce(
           checked.answers ?& ARRAY['house_safe', 'all_at_school', 'all_insured', 'water_safe'], false
       ) AND marked.net_after IS NOT NULL AS removal_known,
       marked.net_after, marked.line_after,
       coalesce(later.happened_on, checked.happened_on) AS looked_on,
       coalesce(later.answers, checked.answers) ->> 'all_at_school' = 'no' AS out_of_school,
       (coalesce(later.answers, checked.answers) ->> 'house_safe' = 'no')::int
           + (coalesce(later.answers, checked.answers) ->> 'all_insured' = 'no')::int
           + (coalesce(later.answers, checked.answers) ->> 'water_safe' = 'no')::int AS lacking
FROM checked_told AS told
JOIN checked_family AS family ON family.household = told.household
JOIN assistance_case AS each ON each.id = told.case_id
LEFT JOIN assistance_conclusion AS concluded ON concluded.case_id = told.case_id AND NOT concluded.superseded
LEFT JOIN helped ON helped.case_id = told.case_id
LEFT JOIN had ON had.case_id = told.case_id
LEFT JOIN marked ON marked.case_id = told.case_id
LEFT JOIN unable ON unable.household = told.household
LEFT JOIN households_visit AS checked ON checked.id = marked.visit_id AND checked.state = 'recorded'
LEFT JOIN LATERAL (
    SELECT visit.happened_on, visit.answers
    FROM households_visit AS visit
    WHERE family.removed AND visit.household_id = family.household AND visit.state = 'recorded'
      AND visit.outcome = 'met' AND visit.happened_on > family.removed_on
      AND visit.answers ?& ARRAY['house_safe', 'all_at_school', 'all_insured', 'water_safe']
    ORDER BY visit.happened_on DESC, visit.id DESC
    LIMIT 1
) AS later ON true
