-- Question:   what does a cell say, however somebody wrote it (datasets.md section 1)?
-- Reads:      nothing; macros for the statements of one connection
-- Columns:    none
-- Index:      none
-- Parameters: none
-- Empty is null in and out. What is no value of its kind is null too: ask is_amount, and compare with null.

-- Full-width letters, digits and signs in their ordinary form.
CREATE MACRO half_of(cell) AS CASE
    WHEN regexp_full_match(cell, '[ -~\x{4E00}-\x{9FFF}]*') THEN cell
    ELSE translate(cell, '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～', '!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~')
END;

-- A code or a word of a list: without any blank or invisible mark.
CREATE MACRO plain_of(cell) AS CASE
    WHEN regexp_full_match(cell, '[0-9A-Za-z\x{4E00}-\x{9FFF}]*') THEN nullif(cell, '')
    ELSE nullif(regexp_replace(half_of(cell), '[\s\p{Z}\p{C}\x{FDD0}]+', '', 'g'), '')
END;

-- Running text: one blank between words, no line breaks, no invisible marks; a lone dash says that nothing stands there.
CREATE MACRO tidy_of(cell) AS CASE
    WHEN regexp_full_match(cell, '[0-9A-Za-z\x{4E00}-\x{9FFF}]*') THEN nullif(cell, '')
    ELSE nullif(nullif(nullif(trim(regexp_replace(
        regexp_replace(cell, '[\r\n\x{FDD0}]+|\p{Cf}+', '', 'g'), '[\s\p{Z}\p{Cc}]+', ' ', 'g'
    )), ''), '-'), '—')
END;

-- What a spreadsheet would run, or a browser: never a text of the register.
CREATE MACRO is_formula(cell) AS CASE
    WHEN substr(cell, 1, 1) IN ('=', '@', '＝', '＠', '+', '-', '＋', '－', ' ', chr(9), chr(10), chr(13), chr(12288))
    THEN regexp_matches(cell, '^[\s\x{3000}]*([=@＝＠]|[+\-＋－][^\s0-9+\-])')
    WHEN contains(cell, '<') OR contains(cell, ':')
    THEN regexp_matches(cell, '(?i)<\s*/?\s*(script|iframe|img|svg|object)|javascript:')
    ELSE false
END;

-- The digits of an amount: 1,234.50  ￥1234.5  1234.50元; null where a dash or nothing stands.
CREATE MACRO digits_of(cell) AS CASE
    WHEN regexp_full_match(cell, '[0-9]{1,18}([.][0-9]{1,8})?') THEN cell
    WHEN plain_of(cell) IN ('-', '--', '—', '——', '/') THEN NULL
    WHEN regexp_full_match(
        regexp_replace(plain_of(cell), '^[￥¥]|元$', '', 'g'), '[+-]?[0-9]{1,3}(,[0-9]{3})+([.][0-9]*)?'
    ) THEN replace(regexp_replace(plain_of(cell), '^[￥¥]|元$', '', 'g'), ',', '')
    ELSE regexp_replace(plain_of(cell), '^[￥¥]|元$', '', 'g')
END;

CREATE MACRO is_amount(cell) AS
    coalesce(regexp_full_match(digits_of(cell), '[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)'), true);

-- An amount of at most 18 digits before the point; null as well where it has more.
CREATE MACRO amount_of(cell) AS CASE
    WHEN regexp_full_match(cell, '[0-9]{1,18}([.][0-9]{1,8})?') THEN TRY_CAST(cell AS DECIMAL(38, 8))
    WHEN is_amount(cell) THEN TRY_CAST(digits_of(cell) AS DECIMAL(38, 8))
END;

-- A day: 2026-10-05  2026/10/5  2026.10.05  20261005  2026年10月5日, or the serial number of a spreadsheet.
CREATE MACRO day_of(cell) AS CASE
    WHEN regexp_full_match(plain_of(cell), '[0-9]{5}([.]0+)?')
    THEN DATE '1899-12-30' + TRY_CAST(TRY_CAST(plain_of(cell) AS DOUBLE) AS INTEGER)
    WHEN regexp_full_match(plain_of(cell), '[0-9]{8}')
    THEN TRY_CAST(left(plain_of(cell), 4) || '-' || plain_of(cell)[5:6] || '-' || right(plain_of(cell), 2) AS DATE)
    ELSE TRY_CAST(regexp_replace(
        regexp_extract(plain_of(cell), '^([0-9]{4}(-[0-9]{1,2}-|/[0-9]{1,2}/|[.][0-9]{1,2}[.]|年[0-9]{1,2}月)[0-9]{1,2})日?([0-9]{2}:.*)?$', 1),
        '[/.年月]', '-', 'g'
    ) AS DATE)
END;

-- The first day of a month: 202610  2026-10  2026年10月, or any day of it.
CREATE MACRO month_of(cell) AS CASE
    WHEN regexp_full_match(plain_of(cell), '(19|20)[0-9]{4}')
    THEN TRY_CAST(left(plain_of(cell), 4) || '-' || right(plain_of(cell), 2) || '-01' AS DATE)
    WHEN regexp_full_match(plain_of(cell), '[0-9]{4}(-|/|[.]|年)[0-9]{1,2}月?')
    THEN TRY_CAST(left(plain_of(cell), 4) || '-' || regexp_extract(plain_of(cell), '([0-9]{1,2})月?$', 1) || '-01' AS DATE)
    ELSE date_trunc('month', day_of(cell))::DATE
END;
