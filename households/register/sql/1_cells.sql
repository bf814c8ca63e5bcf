-- Question:   what does each row of the file say, tidied?
-- Reads:      incoming (foundation.tables.reading)
-- Columns:    place in the file, the contract's fields, the ID number in its normal form with its fault, twin: the
--             first row of the file that says exactly the same
-- Index:      none; each statement reads the table once
-- Parameters: year of the business day
CREATE TABLE cell AS
WITH tidied AS (
    SELECT seq, sheet, line, fault AS structure,
        plain_of(household) AS household, plain_of(area) AS area, tidy_of(group_name) AS group_name,
        plain_of(household_type) AS household_type, tidy_of(address) AS address, tidy_of(phone) AS phone,
        -- Blanks that only spread a Chinese name over its cell are no part of it.
        regexp_replace(tidy_of(name), '([\x{4E00}-\x{9FFF}]) +([\x{4E00}-\x{9FFF}])', '\1\2', 'g') AS name,
        replace(coalesce(number, ''), chr(64976), '') AS number_sent,
        starts_with(coalesce(number, ''), chr(64976)) AS from_number,
        starts_with(coalesce(household, ''), chr(64976)) AS lost_household,
        plain_of(relation) AS relation, tidy_of(ethnicity) AS ethnicity, plain_of(education) AS education,
        plain_of(school_stage) AS school_stage, plain_of(health) AS health, plain_of(labour) AS labour,
        tidy_of(work_place) AS work_place, plain_of(work_months) AS work_months, plain_of(insured) AS insured,
        plain_of(dibao) AS dibao, plain_of(tekun) AS tekun, income,
        amount_of(income) AS amount, months_of(work_months) AS months,
        plain_of(house_grade) AS house_grade, plain_of(water_safe) AS water_safe,
        -- What was sent, for the row that only its structure faults: a head is a head wherever its cell slipped to.
        fault IS NOT NULL AND list_contains(
            [group_name, household_type, address, phone, name, number, relation, ethnicity, education], '户主'
        ) AS slipped_head
    FROM incoming
), numbered AS (
    SELECT *, CASE WHEN structure IS NULL
        THEN id_number_fault(number_sent, from_number, $year) ELSE 'unread' END AS number_fault
    FROM tidied
)
SELECT * EXCLUDE (number_fault),
    CASE WHEN structure IS NULL THEN number_fault END AS number_fault,
    CASE WHEN number_fault IS NULL THEN id_number_read(number_sent) END AS number,
    min(seq) OVER (PARTITION BY household, number_sent, hash(
        structure, area, group_name, household_type, address, phone, name, relation, ethnicity, education,
        school_stage, health, labour, work_place, work_months, insured, dibao, tekun, income, house_grade, water_safe
    )) AS twin
FROM numbered;
