mod jobs;
mod log;
