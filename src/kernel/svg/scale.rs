//! The value axis of a chart.

use super::words::count;

/// Steps of the value axis are these times a power of ten.
const ROUND_STEPS: [f64; 4] = [1.0, 2.0, 5.0, 10.0];
/// About how many steps the value axis has.
const WANTED_STEPS: f64 = 5.0;

/// Ends and step of the value axis. It begins at 0 unless all values lie close together far away from it.
pub(super) fn scale(least: f64, most: f64) -> (f64, f64, f64) {
    let (mut low, mut high) = if least <= most { (least, most) } else { (0.0, 1.0) };
    if low > 0.0 && low < high * 0.6 {
        low = 0.0;
    } else if high < 0.0 && high > low * 0.6 {
        high = 0.0;
    }
    if high - low < f64::EPSILON * high.abs().max(1.0) * 8.0 {
        let room = if high == 0.0 { 1.0 } else { high.abs() * 0.1 };
        low -= if low == 0.0 { 0.0 } else { room };
        high += room;
    }
    let rough = high / WANTED_STEPS - low / WANTED_STEPS;
    let power = 10_f64.powf(rough.log10().floor());
    let step = ROUND_STEPS.into_iter().map(|round| round * power).find(|step| *step >= rough).unwrap_or(rough);
    ((low / step).floor() * step, (high / step).ceil() * step, step)
}

/// The values at which the axis is marked.
pub(super) fn ticks(low: f64, high: f64, step: f64) -> Vec<f64> {
    (0..20_usize).map(|index| low + step * count(index)).take_while(|tick| *tick <= high + step * 0.01).collect()
}

/// Decimals that a step of the axis needs.
pub(super) fn decimals_of(step: f64) -> usize {
    (0..6_i32).zip(0_usize..).find(|(power, _)| step * 10_f64.powi(*power) >= 0.999).map_or(6, |(_, decimals)| decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_have_round_steps_around_the_values() {
        assert_eq!(scale(12.0, 90.0), (0.0, 100.0, 20.0));
        assert_eq!(scale(80.0, 84.0), (80.0, 84.0, 1.0));
        assert_eq!(scale(f64::INFINITY, f64::NEG_INFINITY), (0.0, 1.0, 0.2));
        let (low, high, _) = scale(50.0, 50.0);
        assert!(low < 50.0 && high > 50.0);
        assert_eq!(scale(0.0, 0.0), (0.0, 1.0, 0.2));
        assert_eq!(scale(-30.0, 10.0), (-30.0, 10.0, 10.0));
    }

    #[test]
    fn ticks_cover_the_scale_with_the_decimals_they_need() {
        assert_eq!(ticks(0.0, 100.0, 20.0), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!((decimals_of(20.0), decimals_of(1.0), decimals_of(0.2), decimals_of(0.05)), (0, 0, 1, 2));
    }
}
