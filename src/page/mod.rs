//! One source file, compiled.
//! In: its text and the configuration. Out: what is in it and what is wrong with it.
//! Never knows: other pages, the navigation, templates.

mod compile;
pub mod directive;
mod embed;
pub mod front_matter;
mod manuscript;
mod own_world;
mod skim;

pub use compile::{Page, compile};
pub use directive::{Directive, DirectiveKind};
pub use embed::{Actions, EmbedContent, PageMap, Swimlane};
pub use front_matter::FrontMatter;
pub use manuscript::{Kept, PageTemplate, manuscript};
pub use skim::skim;

use crate::diagnostic::Rule;

/// Every rule that pages are held to while they are compiled.
pub static RULES: &[&Rule] = &[
    &directive::UNEXPECTED,
    &directive::UNKNOWN,
    &directive::UNKNOWN_OPTION,
    &front_matter::SYNTAX,
    &front_matter::TYPE,
    &front_matter::UNKNOWN_KEY,
];
