-- Photos of visits lie in the village of their household: who may see it may see them.
UPDATE files_attachment AS file SET area = visit.area_id
FROM households_visit AS visit
WHERE file.owner_model = %(model)s AND file.owner_id = visit.id::text AND file.area <> visit.area_id
    AND (visit.area_id LIKE ANY (%(areas)s) OR file.area LIKE ANY (%(areas)s))
    AND (%(households)s::bigint[] IS NULL OR visit.household_id = ANY (%(households)s))
