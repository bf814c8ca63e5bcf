-- Question:   what does the file state, once for each household and each person?
-- Reads:      nothing; filled by COPY
-- Columns:    those of the register; subjects stand for numbers
-- Index:      none; joined as a whole
-- Parameters: none
CREATE TEMP TABLE register_household (
    code text, area_id text, lifted_out text, group_name text, address text, phone_id uuid,
    net_income_per_head numeric(12, 2), house_grade text, water_safe boolean
) ON COMMIT DROP;

CREATE TEMP TABLE register_resident (
    household text, subject uuid, name text, initials text, sex text, born_on date, relation text, ethnicity text,
    education text, school_stage text, health varchar(10)[], labour text, work_place text, work_months smallint,
    insured boolean, dibao text, tekun text
) ON COMMIT DROP;
