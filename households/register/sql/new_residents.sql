-- Question:   none; makes the people that the register does not have in their household
-- Reads:      register_resident, households_household, register_met (people of the file that are there already)
-- Columns:    the number of rows is the number of people made
-- Index:      households_household by code
-- Parameters: revision, as_of
INSERT INTO households_resident (household_id, area_id, subject, name, initials, sex, born_on, relation, ethnicity,
    education, school_stage, health, labour, work_place, work_months, insured, dibao, tekun, departure,
    source, source_day, field_sources, revision_id)
SELECT household.id, household.area_id, incoming.subject, name, initials, sex, born_on, relation, ethnicity,
    education, school_stage, health, labour, work_place, work_months, insured, dibao, tekun, '',
    'register_file', %(as_of)s, '{}', %(revision)s
FROM register_resident AS incoming
JOIN households_household AS household ON household.code = incoming.household
WHERE NOT EXISTS (
    SELECT FROM register_met WHERE register_met.household = incoming.household
        AND register_met.subject = incoming.subject
)
