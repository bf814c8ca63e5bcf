-- Question:   none; ends the place of every household that belongs into another cell than the one it is in, or into none
-- Reads:      households by village, their places of today, cells and groups of today
-- Columns:    villages of the households
-- Index:      a_household_is_in_one_cell, a_group_is_in_one_cell, an_area_has_one_cell_of_its_own
-- Parameters: areas (patterns), households (null: everybody there), today, act (null: the register changed)

UPDATE households_gridplace AS place SET until_day = greatest(%(today)s::date, place.from_day), ended_id = %(act)s
FROM households_household AS home
WHERE place.household_id = home.id AND place.until_day IS NULL
    AND (home.area_id LIKE ANY (%(areas)s) OR EXISTS (
        SELECT 1 FROM households_gridcell AS was WHERE was.id = place.cell_id AND was.area_id LIKE ANY (%(areas)s)))
    AND (%(households)s::bigint[] IS NULL OR home.id = ANY (%(households)s))
    AND place.cell_id IS DISTINCT FROM CASE
        WHEN home.dissolved_on IS NOT NULL THEN NULL
        WHEN place.by_hand AND EXISTS (
            SELECT 1 FROM households_gridcell AS here
            WHERE here.id = place.cell_id AND here.until_day IS NULL AND here.area_id = home.area_id)
            THEN place.cell_id
        ELSE coalesce(
            (SELECT cell_id FROM households_gridgroup AS taken
             WHERE taken.area_id = home.area_id AND taken.name = home.group_name AND taken.until_day IS NULL),
            (SELECT id FROM households_gridcell AS whole
             WHERE whole.area_id = home.area_id AND whole.takes_rest AND whole.until_day IS NULL))
        END
RETURNING home.area_id
