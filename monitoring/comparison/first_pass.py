"""What the first pass over everybody reads: rows without their household, and what each household says, once."""

from monitoring.comparison.looking import Looking


class FirstPass(Looking):
    """The steps of one standard where the rows of a subject can be added up before their household is asked."""

    def bare_rows(self) -> str:
        """Return the rows of the measured dataset that count for their person, without their household's class or line.

        What a household says of them (`homes_with_line`) is asked once for each subject. For events and states.
        """
        lives, resident = self._whose()
        wrong = " OR ".join(f"({test})" for test, _why in self._wrong_of_row()) or "false"
        columns = self._columns(self.measure.dataset)
        return f"""SELECT row.{lives} AS household, {resident} AS resident, '' AS left_out, row.delivery, row.seq,
            row.receipt, row.day{columns}
            FROM rows_{self.measure.dataset} AS row
            WHERE row.{lives} IS NOT NULL AND ({wrong}) IS NOT TRUE {self._since()}"""  # noqa: S608  (names of ours and of contracts)

    def homes_with_line(self) -> str:
        """Return the households that count and have a line, each with it."""
        wrong = " OR ".join(f"({test})" for test, _why in self._wrong_of_home()) or "false"
        return f"""SELECT home.household, home.area, home.population, line.amount, line.comparator, line.place
            FROM {self.homes} AS home JOIN line ON line.standard = {self.bound(self.standard.code)}
                AND line.area = home.area AND line.population = home.population
            WHERE ({wrong}) IS NOT TRUE"""  # noqa: S608  (names of ours)
