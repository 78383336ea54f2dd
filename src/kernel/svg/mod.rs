//! Pictures as SVG: radar chart, heat map, line chart and stacked bars.
//!
//! They are complete documents without scripts and without references to anything outside, readable on paper, on a
//! white page and in dark mode, with colours that stay apart for colour-blind people. The same input always gives the
//! same bytes. Callers pass texts in the language of the reader.

mod bars;
mod canvas;
mod circle;
mod heat_map;
mod line;
mod palette;
mod radar;
mod scale;
mod stacked;
mod words;

#[cfg(test)]
mod tests;

pub use heat_map::{HeatCell, HeatMap, HeatRow, HeatScale};
pub use line::{LineBand, LineChart, LinePoint};
pub use radar::{MAX_RADAR_AXES, RadarAxis, RadarChart};
pub use stacked::{StackedBars, StackedRow, StackedSection};

/// Media type of the pictures.
pub const MEDIA_TYPE: &str = "image/svg+xml";

/// What every picture says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    /// Language of all texts as a BCP 47 tag, `id` or `en`; numbers follow it (decimal comma in Indonesian).
    pub lang: String,
    /// Heading, also the accessible name.
    pub title: String,
    /// Line below the heading, for instance whom and which day it is about; may be empty.
    pub subtitle: String,
    /// What the picture shows, for people who do not see it; the title stands in when it is empty.
    pub description: String,
}
