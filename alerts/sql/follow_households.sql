-- Gives alerts the area of their household where the register has moved it; `households` null: all under some areas.
UPDATE alerts_alert AS alert SET area_id = household.area_id
FROM households_household AS household
WHERE household.id = alert.household_id AND household.area_id <> alert.area_id
    AND (household.id = ANY (%(households)s) OR (%(households)s::bigint[] IS NULL
        AND household.area_id LIKE ANY (%(areas)s)))
