-- Question:   none; puts every household that is in no cell into the one of its group, or that of its village
-- Reads:      households by village without a place of today, cells and groups of today
-- Columns:    villages of the households
-- Index:      a_household_is_in_one_cell, a_group_is_in_one_cell, an_area_has_one_cell_of_its_own
-- Parameters: areas (patterns), households (null: everybody there), today, act (null: the register changed)

INSERT INTO households_gridplace (household_id, cell_id, by_hand, from_day, began_id)
SELECT home.id, coalesce(taken.cell_id, whole.id), false, %(today)s, %(act)s
FROM households_household AS home
LEFT JOIN households_gridgroup AS taken
    ON taken.area_id = home.area_id AND taken.name = home.group_name AND taken.until_day IS NULL
LEFT JOIN households_gridcell AS whole
    ON whole.area_id = home.area_id AND whole.takes_rest AND whole.until_day IS NULL
WHERE home.area_id LIKE ANY (%(areas)s) AND home.dissolved_on IS NULL
    AND (%(households)s::bigint[] IS NULL OR home.id = ANY (%(households)s))
    AND coalesce(taken.cell_id, whole.id) IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM households_gridplace AS place WHERE place.household_id = home.id AND place.until_day IS NULL)
RETURNING (SELECT area_id FROM households_gridcell AS cell WHERE cell.id = households_gridplace.cell_id)
