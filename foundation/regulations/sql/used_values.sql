-- Question:   may a value that somebody was judged by be changed or removed?  Answer: never.
-- Fires:      always, also under session_replication_role = replica
-- Reads:      OLD and NEW only
-- Exception:  used_on from null to a day (the first use itself); unused values may be corrected by their file
CREATE FUNCTION regulations_refuse_change_of_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.used_on IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'The value % % % was used on %: % is refused',
        OLD.subject_id, OLD.area, OLD.from_day, OLD.used_on, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE FUNCTION regulations_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER regulations_value_used BEFORE UPDATE OR DELETE ON regulations_value
    FOR EACH ROW EXECUTE FUNCTION regulations_refuse_change_of_used();
CREATE TRIGGER regulations_clockevent_append_only BEFORE UPDATE OR DELETE ON regulations_clockevent
    FOR EACH ROW EXECUTE FUNCTION regulations_refuse_change();
ALTER TABLE regulations_value ENABLE ALWAYS TRIGGER regulations_value_used;
ALTER TABLE regulations_clockevent ENABLE ALWAYS TRIGGER regulations_clockevent_append_only;
