"""The made county looks like published counties: every figure within its tolerance (domain.md section 12)."""

from collections.abc import Iterable

import pytest

from households.demo import figures, words
from households.demo.figures import CALIBRATION
from households.demo.plans import cases_among


def persons(homes: Iterable) -> int:
    return sum(len(home.people) for home in homes)


@pytest.fixture(scope="module")
def measured(whole_county) -> dict[str, float]:
    cases = [home for home in whole_county if home.case]
    removed = [home for home in cases if home.case.removed]
    net = [home for home in cases if home.case.safety_net]
    everybody = [person for home in whole_county for person in home.people]
    told = {
        "persons per monitored household": persons(cases) / len(cases),
        "monitored persons of all persons": persons(cases) / len(everybody),
        "monitored persons relative to lifted-out persons": persons(cases)
        / persons(home for home in whole_county if home.lifted_out),
        "removed households": len(removed) / len(cases),
        "removed persons": persons(removed) / persons(cases),
        "safety-net households of monitored households": len(net) / len(cases),
        "safety-net persons of monitored persons": persons(net) / persons(cases),
        "persons per safety-net household": persons(net) / len(net),
        "persons in dibao per person in tekun": sum(p.dibao == words.DIBAO for p in everybody)
        / sum(p.tekun == words.TEKUN for p in everybody),
    }
    for category in figures.CATEGORIES:
        of_it = [home for home in cases if home.case.category == category]
        told[f"share of households, {category}"] = len(of_it) / len(cases)
        told[f"persons per household, {category}"] = persons(of_it) / len(of_it)
    return told


@pytest.mark.parametrize("figure", CALIBRATION, ids=lambda figure: figure.what)
def test_a_figure_is_met(measured, figure):
    assert measured[figure.what] == pytest.approx(figure.value, abs=figure.within)


def test_every_measured_figure_has_a_published_one(measured):
    assert measured.keys() == {figure.what for figure in CALIBRATION}


def test_the_main_risks_come_out_as_guessed(whole_county):
    risks = [home.case.risks[0] for home in whole_county if home.case]
    whole = sum(figures.RISK_SHARES.values())
    for risk, share in figures.RISK_SHARES.items():
        assert risks.count(risk) / len(risks) == pytest.approx(share / whole, abs=0.01), risk


def test_a_county_has_its_households_in_all_its_villages(whole_county):
    assert len(whole_county) == 20_000
    assert 63_000 < persons(whole_county) < 67_000
    assert len({home.area for home in whole_county}) == 200
    assert sum(home.case is not None for home in whole_county) == cases_among(20_000)
    assert sum(home.area == "999901001002" for home in whole_county) >= 62
