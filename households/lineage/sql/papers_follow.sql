-- Papers of family events lie in the village of the household on whose page the event was entered.
UPDATE files_attachment AS file SET area = household.area_id
FROM households_lineagepart AS part JOIN households_household AS household ON household.id = part.household_id
WHERE file.owner_model = %(model)s AND file.owner_id = part.act_id::text AND part.role = 'home'
    AND file.area <> household.area_id
    AND (household.area_id LIKE ANY (%(areas)s) OR file.area LIKE ANY (%(areas)s))
    AND (%(households)s::bigint[] IS NULL OR household.id = ANY (%(households)s))
