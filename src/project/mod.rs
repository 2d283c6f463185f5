//! What the user has on disk: configuration, and which files are in the site.
//! In: a disk. Out: a `Config`, the names of all files, and the place in the site of each that is in it.
//! Never knows: Markdown, pages, what is in the files.

pub mod book_toml;
mod check_table;
pub mod choices;
pub mod config;
pub mod decode;
pub mod disk;
pub mod fonts;
pub mod glob;
pub mod keys;
pub mod memory;
pub mod mount;
pub mod moves;
mod nearby;
pub mod open;
pub mod overlay;
pub mod place;
pub mod repository;
pub mod schema;
mod schemes;
pub mod scope;
pub mod settle;
mod templates_table;
mod theme_table;
pub mod tree;
pub mod unknown;
pub mod unread;
pub mod walk;

pub use config::Config;
pub use disk::{DiskError, FileKind, FileSystem};
pub use memory::MemoryFileSystem;
pub use mount::{Mount, Mounted};
pub use moves::Moves;
pub use open::{OpenError, Project, open};
pub use overlay::OverlayFileSystem;
pub use place::ProjectRoots;
pub use scope::WalkScope;
pub use tree::FileSet;
pub use walk::{DiskFolder, Trust};

/// Rules of book.toml and of files as such, in order of code.
pub static RULES: [&crate::diagnostic::Rule; 12] = [
    &book_toml::MDBOOK_KEY,
    &keys::MISSING_KEY,
    &mount::MATCHES_NOTHING,
    &settle::PATH_NOT_FOUND,
    &keys::SYNTAX,
    &keys::TYPE,
    &unknown::UNKNOWN_KEY,
    &keys::VALUE,
    &unread::NOT_READ,
    &open::NOT_READABLE,
    &decode::NOT_UTF8,
    &open::OUTSIDE_ROOT,
];

#[cfg(test)]
mod tests;
