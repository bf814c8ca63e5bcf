-- Question:   none; makes the households that the register does not have
-- Reads:      register_household, register_met_household (households of the file that are there already)
-- Columns:    the number of rows is the number of households made
-- Index:      none: asked for those that the table itself lacks, a planner that counted it while it was empty would read
--             what it is just writing, again for each row
-- Parameters: revision, as_of
INSERT INTO households_household (code, area_id, group_name, address, phone_id, net_income_per_head, house_grade,
    water_safe, source, source_day, field_sources, revision_id)
SELECT code, area_id, group_name, address, phone_id, net_income_per_head, house_grade, water_safe,
    'register_file', %(as_of)s, '{}', %(revision)s
FROM register_household AS incoming
WHERE NOT EXISTS (SELECT FROM register_met_household AS met WHERE met.code = incoming.code)
