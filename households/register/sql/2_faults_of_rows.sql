-- Question:   which rows cannot be taken for what stands in them alone (datasets.md section 2)?
-- Reads:      cell, word (what is understood), village (areas where the acting person may import)
-- Columns:    seq, field, reason; a row may have several
-- Index:      none
-- Parameters: none
CREATE TABLE fault AS
WITH sound AS (SELECT * FROM cell WHERE structure IS NULL)
SELECT seq, '' AS field, structure AS reason FROM cell WHERE structure IS NOT NULL
UNION ALL SELECT seq, 'household', 'required_missing' FROM sound WHERE household IS NULL
UNION ALL SELECT seq, 'area', 'required_missing' FROM sound WHERE area IS NULL
UNION ALL SELECT seq, 'household_type', 'required_missing' FROM sound WHERE household_type IS NULL
UNION ALL SELECT seq, 'relation', 'required_missing' FROM sound WHERE relation IS NULL
UNION ALL SELECT seq, 'name', 'name_missing' FROM sound WHERE name IS NULL
UNION ALL SELECT seq, 'number', number_fault FROM sound WHERE number_fault IS NOT NULL
UNION ALL SELECT seq, 'area', 'area_unknown' FROM sound ANTI JOIN village ON village.code = sound.area
    WHERE area IS NOT NULL
-- A household number that a spreadsheet has shortened, or one longer than any, is not guessed.
UNION ALL SELECT seq, 'household', 'number_invalid' FROM sound WHERE lost_household
UNION ALL SELECT seq, 'household', 'number_range' FROM sound WHERE length(household) > 40
UNION ALL SELECT seq, 'household_type', 'code_unknown' FROM sound
    WHERE household_type IS NOT NULL AND household_type NOT IN (SELECT word FROM word WHERE field = 'household_type')
UNION ALL SELECT seq, 'dibao', 'code_unknown' FROM sound
    WHERE dibao IS NOT NULL AND dibao NOT IN (SELECT word FROM word WHERE field = 'dibao')
UNION ALL SELECT seq, 'tekun', 'code_unknown' FROM sound
    WHERE tekun IS NOT NULL AND tekun NOT IN (SELECT word FROM word WHERE field = 'tekun')
UNION ALL SELECT seq, 'water_safe', 'code_unknown' FROM sound
    WHERE water_safe IS NOT NULL AND water_safe NOT IN (SELECT word FROM word WHERE field = 'water_safe')
UNION ALL SELECT seq, 'health', 'code_unknown' FROM sound JOIN health_word USING (health) WHERE NOT known
UNION ALL SELECT seq, 'income', 'number_invalid' FROM sound
    WHERE CASE WHEN amount IS NULL THEN NOT is_amount(income) ELSE false END
UNION ALL SELECT seq, 'income', 'number_negative' FROM sound WHERE amount < 0
UNION ALL SELECT seq, 'income', 'number_range' FROM sound
    WHERE CASE WHEN amount IS NULL THEN is_amount(income) AND digits_of(income) IS NOT NULL
        ELSE abs(amount) >= 9999999999.995 END
UNION ALL SELECT seq, 'work_months', 'number_invalid' FROM sound
    WHERE CASE WHEN months IS NULL THEN NOT is_months(work_months) ELSE false END
UNION ALL SELECT seq, 'work_months', 'number_negative' FROM sound WHERE months < 0
UNION ALL SELECT seq, 'work_months', 'number_range' FROM sound WHERE months > 12
UNION ALL SELECT seq, 'household', 'formula_or_script' FROM sound WHERE is_formula(household)
UNION ALL SELECT seq, 'group_name', 'formula_or_script' FROM sound WHERE is_formula(group_name)
UNION ALL SELECT seq, 'address', 'formula_or_script' FROM sound WHERE is_formula(address)
UNION ALL SELECT seq, 'name', 'formula_or_script' FROM sound WHERE is_formula(name)
UNION ALL SELECT seq, 'relation', 'formula_or_script' FROM sound WHERE is_formula(relation)
UNION ALL SELECT seq, 'ethnicity', 'formula_or_script' FROM sound WHERE is_formula(ethnicity)
UNION ALL SELECT seq, 'education', 'formula_or_script' FROM sound WHERE is_formula(education)
UNION ALL SELECT seq, 'school_stage', 'formula_or_script' FROM sound WHERE is_formula(school_stage)
UNION ALL SELECT seq, 'labour', 'formula_or_script' FROM sound WHERE is_formula(labour)
UNION ALL SELECT seq, 'work_place', 'formula_or_script' FROM sound WHERE is_formula(work_place);
