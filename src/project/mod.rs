//! What the user has on disk: configuration, and which files are in the site.
//! In: a disk. Out: a `Config`, the names of all files, and the place in the site of each that is in it.
//! Never knows: Markdown, pages, what is in the files.

pub mod files;
pub mod filesystem;
pub mod open;
pub mod settings;

pub use files::file_set::FileSet;
pub use files::mount::{Mount, Mounted};
pub use files::moves::Moves;
pub use files::scope::WalkScope;
pub use filesystem::disk::{DiskError, FileKind, FileSystem};
pub use filesystem::memory::MemoryFileSystem;
pub use filesystem::overlay::OverlayFileSystem;
pub use filesystem::roots::ProjectRoots;
pub use filesystem::walk::{DiskFolder, Trust};
pub use open::{OpenError, Project, open};
pub use settings::config::Config;

/// Rules of book.toml and of files as such, in order of code.
pub static RULES: &[&crate::diagnostic::Rule] = &[
    &settings::book_toml::MDBOOK_KEY,
    &settings::keys::MISSING_KEY,
    &files::mount::MATCHES_NOTHING,
    &settings::settle::PATH_NOT_FOUND,
    &settings::keys::SYNTAX,
    &settings::keys::TYPE,
    &settings::unknown::UNKNOWN_KEY,
    &settings::keys::VALUE,
    &files::unread::NOT_READ,
    &open::NOT_READABLE,
    &filesystem::decode::NOT_UTF8,
    &open::OUTSIDE_ROOT,
];
