mod frameworks;
mod standards;
