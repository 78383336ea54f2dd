mod jobs;
mod log;
mod start;
