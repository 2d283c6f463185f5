//! The `partner-docs` program.

fn main() {}
