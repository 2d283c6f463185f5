//! The settings in book.toml, as written and as resolved.

pub mod book_toml;
pub(super) mod check_table;
pub mod choices;
pub mod config;
pub mod fonts;
pub mod html_table;
pub mod json_schema;
pub mod keys;
pub mod repository;
pub mod schema;
pub(super) mod schemes;
pub mod settle;
pub(super) mod templates_table;
#[cfg(test)]
pub(super) mod tests;
pub(super) mod theme_table;
pub mod unknown;
