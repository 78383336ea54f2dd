//! Whether service and floor answer the same bytes.

use std::fmt;

use anyhow::bail;

use crate::load::Request;

/// What a comparison of answers found.
#[derive(Default)]
pub(super) struct Comparison {
    equal: usize,
    /// The first pair that differed, with the place.
    difference: Option<String>,
    different: usize,
}

impl Comparison {
    /// Asks both the same and compares the bodies.
    pub(super) async fn compare(&mut self, service: &Request, floor: &Request, n: u64) -> anyhow::Result<()> {
        let (ours, theirs) = (service.once(n).await?, floor.once(n).await?);
        if ours.status != 200 {
            bail!("{} from the service: {}", ours.status, String::from_utf8_lossy(&ours.body));
        }
        if ours.body == theirs.body {
            self.equal += 1;
            return Ok(());
        }
        self.different += 1;
        self.difference.get_or_insert_with(|| first_difference(&ours.body, &theirs.body));
        Ok(())
    }
}

/// The place from which two bodies differ, shown with a little of what comes before and after.
fn first_difference(ours: &[u8], theirs: &[u8]) -> String {
    let at = ours.iter().zip(theirs).take_while(|(a, b)| a == b).count();
    let around = |body: &[u8]| {
        let part: Vec<u8> = body.iter().copied().skip(at.saturating_sub(40)).take(100).collect();
        String::from_utf8_lossy(&part).into_owned()
    };
    format!("at byte {at}: service `…{}…`, floor `…{}…`", around(ours), around(theirs))
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.difference {
            None => write!(f, "{} of {} byte for byte", self.equal, self.equal),
            Some(difference) => {
                write!(f, "**{} of {} differ**, the first {difference}", self.different, self.different + self.equal)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_shown() {
        let text = first_difference(br#"{"level":3,"note":null}"#, br#"{"level":3,"note":"x"}"#);
        assert!(text.starts_with("at byte 18:"), "{text}");
        assert!(first_difference(b"abc", b"ab").starts_with("at byte 2:"));
    }
}
