-- Question:   how do households and people go to PostgreSQL: as lines of COPY, with subjects instead of numbers?
-- Reads:      family, person, subject (number → subject), phone_subject (telephone as sent → subject), initials
-- Columns:    line
-- Index:      none
-- Parameters: none
CREATE TEMP MACRO text_cell(said) AS replace(coalesce(said, ''), '\', '\\');

CREATE TEMP MACRO other_cell(said) AS coalesce(said::VARCHAR, '\N');

CREATE TABLE household_line AS
SELECT concat_ws(chr(9),
    text_cell(household), area, lifted_out, text_cell(group_name), text_cell(address), other_cell(reached.subject),
    other_cell(income), text_cell(house_grade), other_cell(water_safe)
) AS line
FROM family LEFT JOIN phone_subject AS reached ON reached.phone = family.phone
ORDER BY area, household;

CREATE TABLE resident_line AS
SELECT concat_ws(chr(9),
    text_cell(household), subject.subject, text_cell(person.name), initials.initials, sex, born_on::VARCHAR,
    text_cell(relation), text_cell(ethnicity), text_cell(education), text_cell(school_stage),
    '{' || array_to_string(health, ',') || '}', text_cell(labour), text_cell(work_place), other_cell(work_months),
    other_cell(insured), coalesce(dibao, ''), coalesce(tekun, '')
) AS line
FROM person
JOIN subject USING (number)
JOIN initials ON initials.name = person.name
ORDER BY area, household, relation, seq;
