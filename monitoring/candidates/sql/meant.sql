-- What rows may mean: by subject and name, or by name, birth date and sex. Filled by COPY.
CREATE TEMP TABLE meant (
    line bigint NOT NULL,
    sheet text NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    subject uuid,
    born_on date,
    sex text
) ON COMMIT DROP
