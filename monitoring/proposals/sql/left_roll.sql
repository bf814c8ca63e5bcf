-- Question: who receives dibao by the register, and is not in the newest roll that covers the village?
-- Reads: claimed, residents under %(area)s. Adds to: wanted. %(delivery)s is that roll, %(known_on)s its last day.
INSERT INTO wanted
SELECT resident.household_id, resident.id, NULL, resident.area_id, 'resident.dibao', 'not_in_roll',
    to_jsonb(resident.dibao), '"none"', false, %(known_on)s, %(delivery)s, 0, ''
FROM households_resident AS resident
WHERE resident.area_id LIKE %(area)s || '%%' AND resident.left_on IS NULL AND resident.dibao = 'rural'
    AND NOT EXISTS (SELECT FROM claimed WHERE claimed.subject = resident.subject)
    AND (
        %(known_on)s >= coalesce(resident.field_sources -> 'dibao' ->> 1, resident.source_day::text)::date
        OR coalesce(resident.field_sources -> 'dibao' ->> 0, resident.source) = 'hand'
    )
