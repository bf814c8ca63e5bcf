-- Papers of applications lie in the village of their household: who may see it may see them.
UPDATE files_attachment AS file
SET area = household.area_id
FROM assistance_application AS application
JOIN households_household AS household ON household.id = application.household_id
WHERE file.owner_model = %(model)s
  AND file.owner_id = application.id::text
  AND file.area <> household.area_id
  AND (household.area_id LIKE ANY (%(areas)s) OR file.area LIKE ANY (%(areas)s))
  AND (%(households)s::bigint[] IS NULL OR household.id = ANY (%(households)s))
