mod appointments;
mod certifications;
mod credit_points;
mod imports;
mod positions;
mod supervision;
mod units;
mod yearly;
