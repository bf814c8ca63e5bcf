-- Gives cases the area of their household where the register has moved it; `households` null: all under some areas.
UPDATE assistance_case AS file SET area_id = household.area_id
FROM households_household AS household
WHERE household.id = file.household_id AND household.area_id <> file.area_id
    AND (household.id = ANY (%(households)s) OR (%(households)s::bigint[] IS NULL
        AND household.area_id LIKE ANY (%(areas)s)))
