-- Question:   which rows of the file are fit to be areas?
-- Reads:      nothing; filled by COPY
-- Columns:    line where the row starts in the file, code, name, pinyin initials
-- Index:      none; every later statement reads the table once
-- Parameters: none
CREATE TEMPORARY TABLE incoming_area (
    line bigint NOT NULL,
    code varchar(15) NOT NULL,
    name varchar(80) NOT NULL,
    initials varchar(80) NOT NULL
) ON COMMIT DROP
