mod assessments;
mod frameworks;
mod gaps;
mod standards;
mod versions;
