//! One source file, compiled.
//! In: its text and the configuration. Out: what is in it and what is wrong with it.
//! Never knows: other pages, the navigation, templates.

pub mod front_matter;
