//! Documentation sites for partner teams: playbooks, templates and workflow maps, checked and cross-linked.
//!
//! What one file alone decides is a *noun*: [`markdown`], [`playbook`], [`map`], [`page`]. What needs all files
//! is a *stage*: [`site`], [`check`], [`render`]. Nouns compile in parallel and are kept by their bytes; stages see
//! everything and are cheap. `ARCHITECTURE.md` holds the rules and the table of who may import whom.

// `text[range]` panics within a letter: `text::Part` does not. Tests may.
#![cfg_attr(not(test), deny(clippy::string_slice))]

pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod fill;
pub mod git;
pub mod html;
pub mod linkcheck;
pub mod map;
#[allow(clippy::string_slice, reason = "written before the lint was on; tests/architecture.rs counts what is left")]
pub mod markdown;
pub mod outline;
pub mod output;
pub mod page;
pub mod pipeline;
pub mod playbook;
pub mod project;
pub mod refactor;
pub mod render;
pub mod report;
pub mod search;
pub mod serve;
pub mod site;
pub mod source;
pub mod theme;
pub mod url;
pub mod wording;
pub mod yaml;
