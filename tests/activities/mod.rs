mod check_ins;
mod completion;
mod paper;
mod planning;
mod seats;
mod venues;
