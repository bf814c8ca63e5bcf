-- Takes back the signals of the findings that a run took back, in whatever alert they stand.
UPDATE alerts_signal AS signal SET retracted_at = %(now)s, retracted_why = finding.retracted_why
FROM monitoring_finding AS finding
WHERE finding.retracted_by_run_id = %(run)s AND signal.finding_id = finding.id AND signal.retracted_at IS NULL
RETURNING signal.alert_id, signal.finding_id
