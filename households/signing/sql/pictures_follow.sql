-- Files of signatures lie in the village of their household: who may see it may see them.
UPDATE files_attachment AS file
SET area = household.area_id
FROM households_signature AS signature
JOIN households_household AS household ON household.id = signature.household_id
WHERE file.owner_model = %(model)s
  AND file.owner_id = signature.id::text
  AND file.area <> household.area_id
  AND (household.area_id LIKE ANY (%(areas)s) OR file.area LIKE ANY (%(areas)s))
  AND (%(households)s::bigint[] IS NULL OR household.id = ANY (%(households)s))
