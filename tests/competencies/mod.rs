mod assessments;
mod gaps;
mod standards;
