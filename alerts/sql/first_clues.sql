-- Question:   on which day did the first sign of each alert come in?
-- Reads:      living signals of the alerts, the findings they rest on, the deliveries that carried the rows which counted
-- Columns out: alert, first clue. A finding came in with the last delivery that it needed, a report on the day it was
--             written down; both no later than the day on which the signal was attached.
-- Index used: the alert of a signal; primary keys
SELECT signal.alert_id, min(least(signal.attached_on, (
    SELECT max(delivery.received_on)
    FROM jsonb_array_elements(finding.evidence) AS part (counted)
    JOIN monitoring_delivery AS delivery ON delivery.id = (counted ->> 'delivery')::bigint
)))
FROM alerts_signal AS signal
LEFT JOIN monitoring_finding AS finding ON finding.id = signal.finding_id
WHERE signal.alert_id = ANY (%(alerts)s) AND signal.retracted_at IS NULL AND signal.detached_at IS NULL
GROUP BY signal.alert_id
