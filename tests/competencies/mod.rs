mod assessments;
mod frameworks;
mod gaps;
mod imports;
mod standards;
mod versions;
