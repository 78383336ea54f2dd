mod download;
mod hostile;
mod housekeeping;
mod readers;
mod samples;
mod upload;
