mod dated;
mod reference;
