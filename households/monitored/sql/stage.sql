-- Question:   none; the rows of one import on their way into the register
-- Reads:      nothing
-- Columns:    a row of the file in its normal form; the ID number stands behind its subject
-- Index:      none (rows of one import)
-- Parameters: none

CREATE TEMP TABLE monitored_incoming (
    seq bigint NOT NULL,
    household varchar(40) NOT NULL,
    area varchar(15) NOT NULL,
    name varchar(60) NOT NULL,
    initials varchar(60) NOT NULL,
    subject uuid NOT NULL,
    born_on date NOT NULL,
    sex varchar(1) NOT NULL,
    relation varchar(20) NOT NULL,
    kind varchar(15) NOT NULL,
    risks varchar(10)[] NOT NULL,
    from_day date NOT NULL,
    removed_on date,
    way varchar(10) NOT NULL,
    helper varchar(60) NOT NULL,
    measures varchar(200)[] NOT NULL,
    income numeric(12, 2)
) ON COMMIT DROP
