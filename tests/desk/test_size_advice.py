"""Size advice at the edges of the table."""

from __future__ import annotations

import pytest

from console.desk.product_sheet import Measure, SizeRow, SizeTable
from console.desk.size_advice import Confidence, Fit, SizeAdvice, advise, is_possible

H, W = Measure.HEIGHT, Measure.WEIGHT
TABLE = SizeTable(
    (H, W),
    (
        SizeRow("S", ((150, 160), (40, 49))),
        SizeRow("M", ((156, 166), (48, 57))),
        SizeRow("L", ((162, 172), (56, 66))),
    ),
)


@pytest.mark.parametrize(
    ("height", "weight", "advice"),
    [
        (150, 40, SizeAdvice("S", Confidence.HIGH)),
        (149.9, 40, SizeAdvice(None)),
        (155.9, 47.9, SizeAdvice("S", Confidence.HIGH)),
        (156, 48, SizeAdvice(None, None, ("S", "M"))),
        (160, 49, SizeAdvice(None, None, ("S", "M"))),
        (160.1, 49.1, SizeAdvice("M", Confidence.HIGH)),
        (172, 66, SizeAdvice("L", Confidence.HIGH)),
        (172, 66.1, SizeAdvice(None)),
        (150, 57, SizeAdvice(None)),  # S by height, M and L by weight
        (154, 52, SizeAdvice(None, None, ("S", "M"))),
    ],
)
def test_one_size_two_or_none(height: float, weight: float, advice: SizeAdvice) -> None:
    assert advise(TABLE, {H: height, W: weight}, None) == advice


@pytest.mark.parametrize(
    ("height", "fit", "size", "confidence"),
    [
        (158, Fit.CLOSE, "S", Confidence.MEDIUM),
        (158, Fit.LOOSE, "M", Confidence.MEDIUM),
        (154, Fit.CLOSE, "S", Confidence.LOW),
        (154, Fit.LOOSE, "M", Confidence.LOW),
    ],
)
def test_the_wish_decides_and_contradicting_measures_lower_the_confidence(
    height, fit, size, confidence
) -> None:
    weight = 48.5 if height == 158 else 52
    advice = advise(TABLE, {H: height, W: weight}, fit)

    assert (advice.size, advice.confidence) == (size, confidence)


@pytest.mark.parametrize(
    ("measure", "value", "possible"),
    [
        (H, 49.9, False),
        (H, 50, True),
        (H, 220, True),
        (H, 220.1, False),
        (W, 2, True),
        (W, 1.9, False),
    ],
)
def test_what_people_can_measure(measure, value, possible) -> None:
    assert is_possible(measure, value) is possible


LARGE = SizeTable(
    (W,),
    (SizeRow("XL", ((12, 17),)), SizeRow("XXL", ((15, 22),)), SizeRow("XXXL", ((20, 30),))),
)


@pytest.mark.parametrize(
    ("weight", "advice"),
    [
        (19.9, SizeAdvice("XXL", Confidence.HIGH)),
        (20, SizeAdvice(None, None, ("XXL", "XXXL"))),
        (22.1, SizeAdvice("XXXL", Confidence.HIGH)),
        (30, SizeAdvice("XXXL", Confidence.HIGH)),
        (30.1, SizeAdvice(None)),
    ],
)
def test_the_largest_size_ends_where_its_table_ends(weight: float, advice: SizeAdvice) -> None:
    assert advise(LARGE, {W: weight}, None) == advice
