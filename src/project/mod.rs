//! A project on disk: its settings, and which of its files are part of the site.

pub mod files;
pub mod filesystem;
pub mod open;
pub mod settings;

pub use files::file_set::FileSet;
pub use files::mount::Mounted;
pub use files::moves::Moves;
pub use files::scope::WalkScope;
pub use filesystem::disk::{DiskError, FileKind, FileSystem};
pub use filesystem::memory::MemoryFileSystem;
pub use filesystem::overlay::OverlayFileSystem;
pub use filesystem::roots::ProjectRoots;
pub use filesystem::walk::{DiskFolder, Trust};
pub use open::{OpenError, Project, open};
pub use settings::config::Config;

/// The rules for book.toml and for files in general, in order of code.
pub static RULES: &[&crate::diagnostic::Rule] = &[
    &settings::book_toml::MDBOOK_KEY,
    &settings::book_toml::PREPROCESSOR,
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
