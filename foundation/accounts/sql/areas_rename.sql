-- Question:   which living areas does the file call otherwise?  Their former name stays with its last day.
-- Reads:      incoming_area, accounts_area; writes accounts_areaname, accounts_area
-- Columns:    none; the number of rows of the last statement is the number of renamed areas
-- Index:      primary key of accounts_area
-- Parameters: last_day, the day before the business day
INSERT INTO accounts_areaname (area_id, name, until)
SELECT area.code, area.name, %(last_day)s
FROM incoming_area AS incoming
JOIN accounts_area AS area USING (code)
WHERE area.name <> incoming.name AND area.retired_on IS NULL
  -- A name that did not last one day is no former name.
  AND NOT EXISTS (
      SELECT FROM accounts_areaname AS former
      WHERE former.area_id = area.code AND former.until >= %(last_day)s
  );

-- Back to the name of yesterday: nothing was renamed after all.
DELETE FROM accounts_areaname AS former
USING incoming_area AS incoming, accounts_area AS area
WHERE former.area_id = incoming.code AND area.code = incoming.code AND area.retired_on IS NULL
  AND former.until = %(last_day)s AND former.name = incoming.name AND area.name <> incoming.name;

UPDATE accounts_area AS area
SET name = incoming.name, initials = incoming.initials
FROM incoming_area AS incoming
WHERE area.code = incoming.code AND area.name <> incoming.name AND area.retired_on IS NULL
