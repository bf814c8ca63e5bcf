-- What the rows in force of a dataset say; filled by COPY, gone with the transaction.
-- columns: who a row is about, the field, what it would say (null: a question), since when, where the row stands;
--   about: the head of the household that somebody comes to.
CREATE TEMP TABLE claimed (
    subject uuid NOT NULL,
    field text NOT NULL,
    proposed jsonb,
    why text NOT NULL,
    known_on date NOT NULL,
    for_person boolean NOT NULL,
    about uuid,
    delivery bigint NOT NULL,
    line bigint NOT NULL,
    sheet text NOT NULL
) ON COMMIT DROP
