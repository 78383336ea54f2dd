mod calculators;
mod dashboard;
mod figures;
mod measurements;
mod methods;
mod support;
