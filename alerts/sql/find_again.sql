-- Lets signals say what their finding measured now, and counts them as found again; a detached one stays as it is.
UPDATE alerts_signal AS signal SET day = finding.day, measured = finding.measured, line = finding.line,
    repeats = signal.repeats + 1
FROM unnest(%(alerts)s::bigint[], %(findings)s::bigint[]) AS again (alert, finding)
JOIN monitoring_finding AS finding ON finding.id = again.finding
WHERE signal.alert_id = again.alert AND signal.finding_id = again.finding AND signal.detached_at IS NULL
