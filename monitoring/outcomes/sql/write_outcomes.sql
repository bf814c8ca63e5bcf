-- Writes the outcomes of findings, and which rows of which delivery each speaks of; returns how many outcomes are new
-- or changed by delivery. An outcome that stays keeps its day.
WITH told AS (
    SELECT * FROM json_to_recordset(%(rows)s)
        AS (finding bigint, alert bigint, outcome text, "on" date, visit bigint, reason text)
), before AS (
    SELECT known.finding_id, known.alert FROM monitoring_findingoutcome AS known
    JOIN told ON told.finding = known.finding_id AND told.alert = known.alert AND told.outcome = known.outcome
), written AS (
    INSERT INTO monitoring_findingoutcome AS kept
        (finding_id, standard_id, version, area_id, alert, outcome, "on", visit_id, reason)
    SELECT finding.id, finding.standard_id, coalesce(result.digest, ''), finding.area_id, told.alert, told.outcome,
        told."on", told.visit, told.reason
    FROM told
    JOIN monitoring_finding AS finding ON finding.id = told.finding
    LEFT JOIN monitoring_runstandard AS result
        ON result.run_id = finding.run_id AND result.standard_id = finding.standard_id
    ORDER BY finding.id
    ON CONFLICT (finding_id, alert) DO UPDATE SET outcome = excluded.outcome,
        "on" = CASE WHEN kept.outcome = excluded.outcome THEN kept."on" ELSE excluded."on" END,
        visit_id = excluded.visit_id, reason = excluded.reason
    RETURNING id, finding_id, alert
), rows_told AS (
    INSERT INTO monitoring_rowoutcome AS kept (outcome_id, delivery_id, rows)
    SELECT written.id, delivery.id,
        jsonb_agg(jsonb_build_object('sheet', coalesce(row ->> 'sheet', ''), 'line', (row ->> 'line')::bigint,
            'day', row ->> 'day') ORDER BY row ->> 'day', (row ->> 'line')::bigint)
    FROM written
    JOIN monitoring_finding AS finding ON finding.id = written.finding_id
    CROSS JOIN jsonb_array_elements(finding.evidence) AS row
    JOIN monitoring_delivery AS delivery ON delivery.id = (row ->> 'delivery')::bigint
    GROUP BY written.id, delivery.id
    ON CONFLICT (outcome_id, delivery_id) DO UPDATE SET rows = excluded.rows
    RETURNING outcome_id, delivery_id
)
SELECT rows_told.delivery_id, count(*) FROM rows_told
JOIN written ON written.id = rows_told.outcome_id
LEFT JOIN before ON before.finding_id = written.finding_id AND before.alert = written.alert
WHERE before.finding_id IS NULL
GROUP BY rows_told.delivery_id
