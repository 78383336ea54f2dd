mod assessments;
mod gaps;
