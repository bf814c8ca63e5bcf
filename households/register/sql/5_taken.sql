-- Question:   what do the accepted rows say in codes, once for each person and for each household?
-- Reads:      cell, fault, word, health_word, head_word
-- Columns:    as in the tables of the register; head first where several rows speak for a household. rejected: the
--             rows that were not taken, as they were sent
-- Index:      none
-- Parameters: none
CREATE VIEW taken AS
SELECT * FROM cell WHERE seq NOT IN (SELECT seq FROM fault);

CREATE TABLE rejected AS
SELECT * FROM incoming WHERE seq IN (SELECT seq FROM fault);

DROP TABLE incoming;

-- The later line of one person in one household counts.
CREATE TABLE person AS
SELECT taken.seq, taken.number, taken.household, taken.area, left(taken.name, 60) AS name,
    CASE WHEN substr(taken.number, 17, 1)::INTEGER % 2 = 1 THEN '1' ELSE '2' END AS sex,
    strptime(substr(taken.number, 7, 8), '%Y%m%d')::DATE AS born_on,
    understood(relation.code, taken.relation, 20) AS relation,
    left(taken.ethnicity, 20) AS ethnicity,
    understood(education.code, taken.education, 20) AS education,
    understood(school_stage.code, taken.school_stage, 20) AS school_stage,
    coalesce(health_word.codes, []) AS health,
    understood(labour.code, taken.labour, 20) AS labour,
    left(taken.work_place, 100) AS work_place,
    taken.months AS work_months,
    insured.code AS insured, dibao.code AS dibao, tekun.code AS tekun
FROM (
    SELECT * FROM taken QUALIFY row_number() OVER (PARTITION BY household, number ORDER BY seq DESC) = 1
) AS taken
LEFT JOIN word AS relation ON relation.field = 'relation' AND relation.word = taken.relation
LEFT JOIN word AS education ON education.field = 'education' AND education.word = taken.education
LEFT JOIN word AS school_stage ON school_stage.field = 'school_stage' AND school_stage.word = taken.school_stage
LEFT JOIN word AS labour ON labour.field = 'labour' AND labour.word = taken.labour
LEFT JOIN word AS insured ON insured.field = 'insured' AND insured.word = taken.insured
LEFT JOIN word AS dibao ON dibao.field = 'dibao' AND dibao.word = taken.dibao
LEFT JOIN word AS tekun ON tekun.field = 'tekun' AND tekun.word = taken.tekun
LEFT JOIN health_word ON health_word.health = taken.health;

-- The head's row speaks for the household; where it is silent, the first that says something.
CREATE TABLE family AS
WITH spoken AS (
    SELECT *, CASE WHEN relation IN (SELECT word FROM head_word) THEN 0 ELSE seq END AS turn FROM taken
), said AS (
    SELECT household,
        arg_min(area, turn) AS area, arg_min(household_type, turn) AS household_type,
        left(arg_min(group_name, turn), 60) AS group_name, left(arg_min(address, turn), 200) AS address,
        arg_min(phone, turn) AS phone, arg_min(amount, turn)::DECIMAL(18, 2) AS income,
        arg_min(house_grade, turn) AS house_grade, arg_min(water_safe, turn) AS water_safe
    FROM spoken GROUP BY household
)
SELECT said.household, said.area, lifted.code AS lifted_out, group_name, address, phone, income,
    understood(grade.code, said.house_grade, 10) AS house_grade, water.code AS water_safe
FROM said
LEFT JOIN word AS lifted ON lifted.field = 'household_type' AND lifted.word = said.household_type
LEFT JOIN word AS grade ON grade.field = 'house_grade' AND grade.word = said.house_grade
LEFT JOIN word AS water ON water.field = 'water_safe' AND water.word = said.water_safe;
