//! One source file, compiled.
//! In: its text and the configuration. Out: what is in it and what is wrong with it.
//! Never knows: other pages, the navigation, templates.

mod compile;
mod embed;
pub mod front_matter;
mod manuscript;
mod own_world;

pub use compile::{Page, compile};
pub use embed::{Actions, Directive, DirectiveKind, EmbedContent, PageMap, Swimlane};
pub use front_matter::FrontMatter;
pub use manuscript::{Manuscript, manuscript};

use crate::diagnostic::Rule;

/// Every rule that pages are held to while they are compiled.
pub static RULES: [&Rule; 4] =
    [&embed::UNKNOWN_DIRECTIVE, &embed::UNKNOWN_OPTION, &front_matter::SYNTAX, &front_matter::TYPE];
