-- Question:   none; makes the households that the register does not have
-- Reads:      register_household, households_household
-- Columns:    the number of rows is the number of households made
-- Index:      households_household by code
-- Parameters: revision, as_of
INSERT INTO households_household (code, area_id, group_name, address, phone_id, net_income_per_head, house_grade,
    water_safe, source, source_day, field_sources, revision_id)
SELECT code, area_id, group_name, address, phone_id, net_income_per_head, house_grade, water_safe,
    'register_file', %(as_of)s, '{}', %(revision)s
FROM register_household AS incoming
WHERE NOT EXISTS (SELECT FROM households_household AS household WHERE household.code = incoming.code)
