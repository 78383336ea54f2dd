"""Writes vectors.json: what independent packages say of made-up answers.

python -m venv v && v/bin/pip install pingouin==0.7.0 && v/bin/python tests/surveys/vectors.py > tests/surveys/vectors.json
Cronbach's alpha is pingouin's (listwise: nan_policy), means and medians numpy's, NPS and CSAT shares of pandas' cut.
"""

import json

import numpy
import pandas
import pingouin


def scale(random, people, questions, values, missing):
    """Answers that have something in common, as people's have; some are left out."""
    attitude = random.normal(0, 1, (people, 1))
    raw = attitude + random.normal(0, random.uniform(0.3, 2.0), (people, questions))
    ranks = pandas.DataFrame(raw).rank(pct=True).to_numpy()
    low, high = values
    answers = numpy.floor(ranks * (high - low + 0.999)) + low
    answers[random.random((people, questions)) < missing] = numpy.nan
    return pandas.DataFrame(answers)


def main():
    random = numpy.random.default_rng(20260511)
    alphas = []
    for people, questions, values, missing in [(10, 9, (1, 4), 0), (24, 5, (1, 5), 0), (60, 12, (1, 5), 0.05),
                                               (200, 9, (1, 4), 0.1), (35, 2, (0, 10), 0), (12, 7, (1, 5), 0.02)]:
        frame = scale(random, people, questions, values, missing)
        alpha, _ = pingouin.cronbach_alpha(data=frame, nan_policy="listwise")
        rows = [[None if numpy.isnan(cell) else int(cell) for cell in row] for row in frame.to_numpy()]
        alphas.append({"rows": rows, "people": int(frame.dropna().shape[0]), "alpha": round(float(alpha), 10)})
    tallies = []
    for values, people in [((0, 10), 20), ((0, 10), 137), ((1, 5), 9), ((1, 5), 88), ((1, 4), 51)]:
        answers = random.integers(values[0], values[1] + 1, people)
        series = pandas.Series(answers)
        entry = {"answers": answers.tolist(), "mean": float(numpy.mean(answers)), "median": float(numpy.median(answers))}
        if values == (0, 10):
            share = pandas.cut(series, [-1, 6, 8, 10], labels=["detractor", "passive", "promoter"]).value_counts(normalize=True)
            entry["nps"] = round(float(100 * (share["promoter"] - share["detractor"])), 10)
        if values == (1, 5):
            share = pandas.cut(series, [0, 3, 5], labels=["other", "satisfied"]).value_counts(normalize=True)
            entry["csat"] = round(float(100 * share["satisfied"]), 10)
        tallies.append(entry)
    print(json.dumps({"alphas": alphas, "tallies": tallies}, separators=(",", ":")))


main()
