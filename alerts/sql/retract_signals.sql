-- Takes back the signals of the findings that a run took back, in whatever alert they stand; and those of open alerts of
-- the run's area whose finding a person has taken back since (held, and refused).
WITH gone AS (
    SELECT id, retracted_why FROM monitoring_finding WHERE retracted_by_run_id = %(run)s
    UNION
    SELECT finding.id, finding.retracted_why
    FROM alerts_alert AS alert
    JOIN alerts_signal AS signal ON signal.alert_id = alert.id AND signal.retracted_at IS NULL
    JOIN monitoring_finding AS finding ON finding.id = signal.finding_id AND finding.retracted_at IS NOT NULL
    WHERE alert.area_id LIKE %(area)s AND alert.state = ANY (%(open)s)
)
UPDATE alerts_signal AS signal SET retracted_at = %(now)s, retracted_why = gone.retracted_why
FROM gone
WHERE signal.finding_id = gone.id AND signal.retracted_at IS NULL
RETURNING signal.alert_id, signal.finding_id
