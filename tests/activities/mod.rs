mod check_ins;
mod completion;
mod planning;
mod seats;
