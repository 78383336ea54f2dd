//! Colours of a heat map: one hue from pale to deep, so that lightness alone tells the order.

use super::words::count;

/// Colour steps; more could not be told apart.
pub(super) const STEPS: [&str; 7] = ["bp-s0", "bp-s1", "bp-s2", "bp-s3", "bp-s4", "bp-s5", "bp-s6"];
const STEP_TEXTS: [&str; 7] = ["bp-n0", "bp-n1", "bp-n2", "bp-n3", "bp-n4", "bp-n5", "bp-n6"];

/// Light and dark looks for shares.
pub(super) const BLUES: (&str, &str) = (
    ".bp-s0{fill:#eef4f9}.bp-s1{fill:#d3e3f0}.bp-s2{fill:#b1cfe5}.bp-s3{fill:#88b6d6}.bp-s4{fill:#5c9bc8}\
     .bp-s5{fill:#2a6b9f}.bp-s6{fill:#134674}\
     .bp-n0,.bp-n1,.bp-n2,.bp-n3,.bp-n4{fill:#14212c}.bp-n5,.bp-n6{fill:#fff}",
    ".bp-s0{fill:#182430}.bp-s1{fill:#1c3349}.bp-s2{fill:#224a6b}.bp-s3{fill:#2b648f}.bp-s4{fill:#4389bb}\
     .bp-s5{fill:#6ba8d3}.bp-s6{fill:#a9d0ec}\
     .bp-n0,.bp-n1,.bp-n2,.bp-n3{fill:#e6ebf0}.bp-n4,.bp-n5,.bp-n6{fill:#0b1218}",
);
/// Light and dark looks for gaps.
pub(super) const AMBERS: (&str, &str) = (
    ".bp-s0{fill:#fdf6e6}.bp-s1{fill:#fbe4b8}.bp-s2{fill:#f7ca7d}.bp-s3{fill:#eda94a}.bp-s4{fill:#da7d22}\
     .bp-s5{fill:#ad510e}.bp-s6{fill:#753207}\
     .bp-n0,.bp-n1,.bp-n2,.bp-n3,.bp-n4{fill:#231a10}.bp-n5,.bp-n6{fill:#fff}",
    ".bp-s0{fill:#241e15}.bp-s1{fill:#43300f}.bp-s2{fill:#65420f}.bp-s3{fill:#8a5612}.bp-s4{fill:#c47d20}\
     .bp-s5{fill:#e5a94d}.bp-s6{fill:#f8d798}\
     .bp-n0,.bp-n1,.bp-n2,.bp-n3{fill:#f3ece0}.bp-n4,.bp-n5,.bp-n6{fill:#191006}",
);

/// Classes of field and text for a value.
pub(super) fn step(value: f64) -> (&'static str, &'static str) {
    let limit = count(STEPS.len());
    let mut pairs = STEPS.into_iter().zip(STEP_TEXTS).enumerate();
    pairs.find(|(index, _)| value * limit < count(index + 1)).map_or(("bp-s6", "bp-n6"), |(_, classes)| classes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fall_into_seven_equal_steps() {
        for (value, class) in [
            (-1.0, "bp-s0"),
            (0.0, "bp-s0"),
            (0.14, "bp-s0"),
            (0.15, "bp-s1"),
            (0.5, "bp-s3"),
            (0.86, "bp-s6"),
            (1.0, "bp-s6"),
            (7.0, "bp-s6"),
        ] {
            assert_eq!(step(value).0, class, "{value}");
        }
    }
}
