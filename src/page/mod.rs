//! One source file, compiled.
//! In: its text and the configuration. Out: what is in it and what is wrong with it.
//! Never knows: other pages, the navigation, templates.

mod compile;
mod embed;
pub mod front_matter;

pub use compile::{Page, compile};
pub use embed::{Actions, Directive, DirectiveKind, EmbedContent, PageMap, UNKNOWN_DIRECTIVE};
pub use front_matter::FrontMatter;
