-- Question:   what does each row of the file say, and why can it not be taken?
-- Reads:      incoming (foundation.tables.reading), word (list, word, code), known_area (code)
-- Columns:    told: a row in its normal form; reject: seq, field, reason
-- Index:      none (tables of one import, in memory)
-- Parameters: none; the month of today stands in this_month (day)

-- A list in its order, without what stands in it again: the first risk is the main one.
CREATE MACRO each_once(codes) AS list_filter(codes, lambda code, place: list_position(codes, code) = place);

CREATE TABLE told AS
SELECT
    seq,
    plain_of(household) AS household,
    plain_of(area) AS area,
    tidy_of(name) AS name,
    id_number_value AS number,
    plain_of(relation) AS relation,
    related.code AS relation_code,
    coalesce(related.code, CASE WHEN regexp_full_match(plain_of(relation), '[0-9.]+') THEN '28'
        ELSE left(plain_of(relation), 20) END) AS relation_kept,
    category_word.code AS kind,
    each_once(list_filter(
        [risk_one.code, risk_two.code, risk_three.code, risk_four.code, risk_five.code], lambda code: code IS NOT NULL
    )) AS risks,
    month_of(identified) AS from_day,
    plain_of(removed) = '是' AS is_removed,
    CASE WHEN plain_of(removed) = '是' THEN month_of(removed_in) END AS removed_on,
    CASE WHEN plain_of(removed) = '是' THEN way.code END AS way,
    tidy_of(helper) AS helper,
    tidy_of(measures) AS measures,
    round(amount_of(income), 2) AS income,
    hash(coalesce(plain_of(household), ''), coalesce(plain_of(area), ''), coalesce(tidy_of(name), ''),
        coalesce(id_number_value, ''), coalesce(plain_of(relation), ''), coalesce(plain_of(category), ''),
        [coalesce(plain_of(risk_1), ''), coalesce(plain_of(risk_2), ''), coalesce(plain_of(risk_3), ''),
         coalesce(plain_of(risk_4), ''), coalesce(plain_of(risk_5), '')],
        coalesce(plain_of(identified), ''), coalesce(plain_of(removed), ''), coalesce(plain_of(removed_in), ''),
        coalesce(plain_of(removal_way), ''), coalesce(tidy_of(helper), ''), coalesce(tidy_of(measures), ''),
        coalesce(plain_of(income), '')) AS content
FROM incoming
LEFT JOIN word AS related ON related.list = 'relation' AND related.word = plain_of(relation)
LEFT JOIN word AS category_word ON category_word.list = 'category' AND category_word.word = plain_of(category)
LEFT JOIN word AS risk_one ON risk_one.list = 'risk' AND risk_one.word = plain_of(risk_1)
LEFT JOIN word AS risk_two ON risk_two.list = 'risk' AND risk_two.word = plain_of(risk_2)
LEFT JOIN word AS risk_three ON risk_three.list = 'risk' AND risk_three.word = plain_of(risk_3)
LEFT JOIN word AS risk_four ON risk_four.list = 'risk' AND risk_four.word = plain_of(risk_4)
LEFT JOIN word AS risk_five ON risk_five.list = 'risk' AND risk_five.word = plain_of(risk_5)
LEFT JOIN word AS way ON way.list = 'way' AND way.word = plain_of(removal_way);

CREATE TABLE reject (seq BIGINT, field VARCHAR, reason VARCHAR);

-- A row that cannot be read is asked nothing more.
INSERT INTO reject SELECT seq, NULL, fault FROM incoming WHERE fault IS NOT NULL;

INSERT INTO reject
WITH row AS (
    SELECT incoming.*, told.from_day, told.removed_on, told.is_removed, told.kind,
        this_month.day AS this_month
    FROM incoming JOIN told USING (seq), this_month WHERE fault IS NULL
), found AS (
    SELECT seq, 'household' AS field, 'required_missing' AS reason FROM row WHERE plain_of(household) IS NULL
    UNION ALL SELECT seq, 'household', 'number_range' FROM row WHERE length(plain_of(household)) > 40
    UNION ALL SELECT seq, 'area', 'required_missing' FROM row WHERE plain_of(area) IS NULL
    UNION ALL SELECT seq, 'area', 'area_unknown' FROM row
        WHERE plain_of(area) IS NOT NULL AND NOT EXISTS (FROM known_area WHERE code = plain_of(row.area))
    UNION ALL SELECT seq, 'name', 'name_missing' FROM row WHERE tidy_of(name) IS NULL
    UNION ALL SELECT seq, 'name', 'number_range' FROM row WHERE length(tidy_of(name)) > 60
    UNION ALL SELECT seq, 'id_number', id_number_fault FROM row WHERE nullif(id_number_fault, '') IS NOT NULL
    UNION ALL SELECT seq, 'relation', 'required_missing' FROM row WHERE plain_of(relation) IS NULL
    UNION ALL SELECT seq, 'category', 'required_missing' FROM row WHERE plain_of(category) IS NULL
    UNION ALL SELECT seq, 'category', 'category_unknown' FROM row
        WHERE plain_of(category) IS NOT NULL AND kind IS NULL
    UNION ALL SELECT seq, 'risk_1', 'required_missing' FROM row WHERE plain_of(risk_1) IS NULL
    UNION ALL SELECT seq, field, 'risk_unknown' FROM (
        UNPIVOT (SELECT seq, risk_1, risk_2, risk_3, risk_4, risk_5 FROM row)
        ON risk_1, risk_2, risk_3, risk_4, risk_5 INTO NAME field VALUE cell
    ) WHERE plain_of(cell) IS NOT NULL
        AND NOT EXISTS (FROM word WHERE list = 'risk' AND word.word = plain_of(cell))
    UNION ALL SELECT seq, 'identified', 'required_missing' FROM row WHERE plain_of(identified) IS NULL
    UNION ALL SELECT seq, 'identified', 'month_invalid' FROM row
        WHERE plain_of(identified) IS NOT NULL
            AND (from_day IS NULL OR from_day > this_month OR from_day < DATE '2000-01-01')
    UNION ALL SELECT seq, 'removed', 'required_missing' FROM row WHERE plain_of(removed) IS NULL
    UNION ALL SELECT seq, 'removed', 'code_unknown' FROM row WHERE plain_of(removed) NOT IN ('是', '否')
    -- Whoever says that a risk is removed says in which month, not before it was identified and not in the future.
    UNION ALL SELECT seq, 'removed_in', 'month_invalid' FROM row
        WHERE is_removed AND (removed_on IS NULL OR removed_on > this_month OR removed_on < from_day)
    UNION ALL SELECT seq, 'removal_way', 'code_unknown' FROM row
        WHERE tidy_of(removal_way) IS NOT NULL
            AND NOT EXISTS (FROM word WHERE list = 'way' AND word.word = plain_of(removal_way))
    UNION ALL SELECT seq, 'helper', 'number_range' FROM row WHERE length(tidy_of(helper)) > 60
    UNION ALL SELECT seq, 'measures', 'number_range' FROM row
        WHERE len(list_filter(regexp_split_to_array(tidy_of(measures), '[;；]'), lambda each: length(each) > 200)) > 0
    UNION ALL SELECT seq, 'household', 'formula_or_script' FROM row WHERE is_formula(household)
    UNION ALL SELECT seq, 'name', 'formula_or_script' FROM row WHERE is_formula(name)
    UNION ALL SELECT seq, 'helper', 'formula_or_script' FROM row WHERE is_formula(helper)
    UNION ALL SELECT seq, 'measures', 'formula_or_script' FROM row WHERE is_formula(measures)
    UNION ALL SELECT seq, 'income', 'number_invalid' FROM row WHERE NOT is_amount(income)
    UNION ALL SELECT seq, 'income', 'number_negative' FROM row WHERE amount_of(income) < 0
    UNION ALL SELECT seq, 'income', 'number_range' FROM row
        WHERE is_amount(income) AND digits_of(income) IS NOT NULL
            AND (amount_of(income) IS NULL OR amount_of(income) >= 10000000000)
)
SELECT DISTINCT * FROM found;
