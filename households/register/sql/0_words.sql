-- Question:   what do the words and the odd numbers of the register file mean?
-- Reads:      word (households.register.contract), incoming
-- Columns:    head_word: words for the head; health_word: each combination with its codes
-- Index:      none
-- Parameters: none
CREATE TEMP MACRO understood(code, word, longest) AS
    coalesce(code, CASE WHEN regexp_full_match(word, '[0-9]+') THEN '' ELSE left(word, longest) END, '');

CREATE TEMP MACRO is_months(said) AS CASE
    WHEN said IS NULL OR regexp_full_match(said, '[0-9]{1,2}') THEN true
    ELSE regexp_full_match(half_of(said), '[+-]?[0-9]{1,9}([.]0+)?(个?月)?|-|--|—|/')
END;

CREATE TEMP MACRO months_of(said) AS CASE
    WHEN regexp_full_match(said, '[0-9]{1,2}') THEN said::INTEGER
    WHEN is_months(said) THEN TRY_CAST(regexp_extract(half_of(said), '^[+-]?[0-9]+') AS INTEGER)
END;

CREATE TABLE head_word AS SELECT word FROM word WHERE field = 'relation' AND code = '01';

CREATE TABLE health_word AS
SELECT said AS health, list_sort(list_distinct(list(code) FILTER (WHERE code IS NOT NULL))) AS codes,
    bool_and(code IS NOT NULL) AS known
FROM (
    SELECT DISTINCT said, unnest(string_split_regex(said, '[,、;/|]+')) AS part
    FROM (SELECT DISTINCT plain_of(health) AS said FROM incoming)
    WHERE said IS NOT NULL
) AS parts
LEFT JOIN word ON word.field = 'health' AND word.word = parts.part
WHERE part <> ''
GROUP BY said;
