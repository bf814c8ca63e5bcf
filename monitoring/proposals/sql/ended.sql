-- Question: which proposals of %(dataset)s under %(area)s does no row in force state any more?
-- Columns out: id, whether its delivery still counts. Reads: wanted, written under the same marks.
SELECT proposal.id, delivery.state = 'accepted'
FROM monitoring_registerproposal AS proposal JOIN monitoring_delivery AS delivery ON delivery.id = proposal.delivery_id
WHERE proposal.dataset_id = %(dataset)s AND proposal.area_id LIKE %(area)s || '%%'
    AND (proposal.state = 'proposed' OR proposal.state = 'refused' AND delivery.state <> 'accepted')
    AND NOT EXISTS (
        SELECT FROM wanted
        WHERE wanted.household_id = proposal.household_id AND wanted.field = proposal.field
            AND wanted.resident_id IS NOT DISTINCT FROM proposal.resident_id
            AND wanted.subject_id IS NOT DISTINCT FROM proposal.subject_id
            AND (wanted.proposed IS NOT DISTINCT FROM proposal.proposed
                OR wanted.proposed ->> 'event' = '死亡' AND proposal.proposed ->> 'event' = '死亡')
            AND wanted.present IS NOT DISTINCT FROM proposal.present
            AND wanted.why = proposal.why
    )
ORDER BY proposal.id
