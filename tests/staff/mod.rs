mod appointments;
mod certifications;
mod imports;
mod positions;
mod supervision;
mod units;
mod yearly;
