//! Figures that independent packages gave for the same answers: pingouin 0.7.0 (alpha, listwise), numpy 2.4.6 (mean, median) and
//! pandas 3.1.1 (shares for NPS and CSAT), by `tests/surveys/vectors.py`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::exact::Fraction;
use super::reliability::Reliability;
use super::tally::Tally;
use crate::kernel::decimal::decimal;

const VECTORS: &str = include_str!("../../../tests/surveys/vectors.json");

#[derive(Deserialize)]
struct Vectors {
    alphas: Vec<Scale>,
    tallies: Vec<Given>,
}

#[derive(Deserialize)]
struct Scale {
    rows: Vec<Vec<Option<i32>>>,
    people: u64,
    alpha: f64,
}

#[derive(Deserialize)]
struct Given {
    answers: Vec<i32>,
    mean: f64,
    median: f64,
    nps: Option<f64>,
    csat: Option<f64>,
}

fn agree(ours: Option<Fraction>, theirs: f64) {
    let ours = decimal(ours.unwrap().rounded(100_000_000)) / 1e6;
    assert!((ours - theirs).abs() < 2e-8, "{ours} is not {theirs}");
}

#[test]
fn alpha_is_that_of_pingouin() {
    let vectors: Vectors = serde_json::from_str(VECTORS).unwrap();
    assert_eq!(vectors.alphas.len(), 6);
    for scale in vectors.alphas {
        let mut ours = Reliability::of(scale.rows[0].len());
        for row in &scale.rows {
            ours.add(row.iter().copied());
        }
        assert_eq!(ours.people(), scale.people);
        agree(ours.alpha(), scale.alpha);
    }
}

#[test]
fn mean_median_nps_and_csat_are_those_of_numpy_and_pandas() {
    let vectors: Vectors = serde_json::from_str(VECTORS).unwrap();
    for vector in vectors.tallies {
        let mut counts = BTreeMap::new();
        for answer in vector.answers {
            *counts.entry(answer).or_default() += 1;
        }
        let tally = Tally(counts.into_iter().collect());
        agree(tally.mean(), vector.mean);
        agree(tally.median(), vector.median);
        if let Some(nps) = vector.nps {
            agree(tally.net_promoters(), nps);
        }
        if let Some(csat) = vector.csat {
            agree(tally.satisfied(4), csat);
        }
    }
}
