mod credentials;
mod issuing;
mod sheets;
mod verification;
