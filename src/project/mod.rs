//! What the user has on disk: configuration, and which files are in the site.
//! In: book.toml and the names of all files. Out: a `Config`, and each file's place in the site tree.
//! Never knows: Markdown, pages, what is in the files.

pub mod book_toml;
pub mod choices;
pub mod config;
pub mod glob;
pub mod keys;
pub mod mount;
pub mod place;
pub mod repository;
pub mod schema;
pub mod settle;
pub mod theme_table;
pub mod tree;
pub mod unknown;

pub use config::Config;
pub use mount::{Mount, Mounted};
pub use place::Place;
pub use tree::Tree;

/// Rules of book.toml, in order of code.
pub static RULES: [&crate::diagnostic::Rule; 8] = [
    &book_toml::MDBOOK_KEY,
    &keys::MISSING_KEY,
    &mount::MATCHES_NOTHING,
    &settle::PATH_NOT_FOUND,
    &keys::SYNTAX,
    &keys::TYPE,
    &unknown::UNKNOWN_KEY,
    &keys::VALUE,
];

#[cfg(test)]
mod tests;
