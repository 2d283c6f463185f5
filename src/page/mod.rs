//! One source file, compiled.
//! In: its text and the configuration. Out: what is in it and what is wrong with it.
//! Never knows: other pages, the navigation, templates.

mod compile;
mod context;
pub mod directive;
mod embed;
pub mod front_matter;
mod rewritable;
mod skim;
mod template;

pub use compile::{Page, compile};
pub use directive::Directive;
pub use embed::{Actions, EmbedContent, PageMap};
pub use front_matter::FrontMatter;
pub use rewritable::rewritable;
pub use skim::skim;
pub use template::{Kept, PageTemplate, manuscript};

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
