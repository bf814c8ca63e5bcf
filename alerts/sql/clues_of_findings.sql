-- Question:   on which day did each of these findings come in, before it is a signal?
-- Reads:      the findings, the deliveries that carried the rows which counted
-- Columns out: finding, day: that of the last delivery that it needed, no later than today (as first_clues.sql says of
--             the signal that it becomes)
-- Index used: primary keys
SELECT finding.id, least(%(today)s, (
    SELECT max(delivery.received_on)
    FROM jsonb_array_elements(finding.evidence) AS part (counted)
    JOIN monitoring_delivery AS delivery ON delivery.id = (counted ->> 'delivery')::bigint
))
FROM monitoring_finding AS finding
WHERE finding.id = ANY (%(findings)s)
