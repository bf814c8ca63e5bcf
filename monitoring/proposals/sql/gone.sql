-- Question: which values stand in the register only because a delivery said so that no longer counts?
-- Reads: taken proposals of %(dataset)s under %(area)s whose delivery is out of force, claimed. Adds to: wanted.
INSERT INTO wanted
SELECT taken.household_id, taken.resident_id, NULL, taken.area_id, taken.field, 'delivery_gone',
    taken.proposed, taken.present, true, taken.known_on, taken.delivery_id, taken.line, taken.sheet
FROM monitoring_registerproposal AS taken
JOIN monitoring_delivery AS delivery ON delivery.id = taken.delivery_id AND delivery.state <> 'accepted'
JOIN households_household AS household ON household.id = taken.household_id
LEFT JOIN households_resident AS resident ON resident.id = taken.resident_id
CROSS JOIN LATERAL (
    SELECT to_jsonb(resident) AS row WHERE taken.resident_id IS NOT NULL
    UNION ALL SELECT to_jsonb(household) WHERE taken.resident_id IS NULL
) AS holder
WHERE taken.state = 'taken' AND taken.dataset_id = %(dataset)s AND taken.area_id LIKE %(area)s || '%%'
    AND taken.field <> 'resident.membership' AND resident.left_on IS NULL
    AND holder.row -> split_part(taken.field, '.', 2) = taken.proposed
    AND holder.row -> 'field_sources' -> split_part(taken.field, '.', 2)
        = jsonb_build_array('feed', taken.known_on)
    AND NOT EXISTS (
        SELECT FROM claimed LEFT JOIN households_resident AS member ON member.subject = claimed.subject
        WHERE claimed.field = taken.field AND member.left_on IS NULL
            AND (member.id = taken.resident_id
                OR taken.resident_id IS NULL AND member.household_id = taken.household_id)
    )
