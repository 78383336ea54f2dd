mod decisions;
mod profiles;
mod requests;
mod rounds;
mod stage;
