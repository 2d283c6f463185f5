//! The program, as people run it.
//! In: small projects on disk, and command lines. Out: exit codes, what is printed, and what lies on disk afterwards.
//! Never knows: any function of the library.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test is the author, and reads what was built")]

mod addresses;
mod beginning;
mod building;
mod endings;
mod gate;
mod habits;
mod malformed;
mod migrating;
#[path = "../support/missing.rs"]
mod missing;
mod moved;
mod program;
mod repairing;
mod reports;
mod tools;
mod trust;
mod web;
