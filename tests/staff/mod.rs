mod imports;
mod units;
