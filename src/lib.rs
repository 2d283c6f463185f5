//! Documentation sites for partner teams: playbooks, templates and workflow maps, checked and cross-linked.
//!
//! The crate is a compiler and a linker for documents. It reads in this order:
//!
//! 1. **Sources.** [`source`] holds texts, spans and source maps; [`diagnostic`] what is wrong with them, as data.
//!    [`project`] says which files a site is made of and what `book.toml` means; [`git`] reads the same project at
//!    another commit. [`yaml`], [`html`] and [`url`] are the small languages that all the others need.
//! 2. **Nouns**: what one file alone decides. [`markdown`], [`outline`], [`playbook`] and [`map`] each read one text;
//!    [`page`] puts them together into a compiled page, and [`search`] cuts its words for the index. Nouns compile in
//!    parallel and are cached by the bytes they were made from.
//! 3. **Stages**: what needs all files. [`site`] gives addresses and resolves every link; [`check`] applies the rules;
//!    [`theme`] and [`render`] turn the site into bytes; [`fill`] takes templates out for one partner; [`refactor`]
//!    edits the sources; [`starter`] makes new ones. Stages see every page, so they must be cheap.
//! 4. **The program.** [`pipeline`] runs the stages in order and updates them after a change; [`output`] writes;
//!    [`report`] formats diagnostics; [`linkcheck`] asks other sites; [`serve`] is the authoring server; [`cli`] holds
//!    the commands.
//!
//! A site from two texts in memory:
//!
//! ```
//! use partner_docs::pipeline::{Drafts, Session};
//! use partner_docs::project::MemoryFileSystem;
//!
//! let files = [
//!     ("book.toml", "[book]\ntitle = \"Partners\"\n"),
//!     ("content/index.md", "# Home\n\nSign [the NDA](nda.md).\n"),
//! ];
//! let mut session = Session::new(MemoryFileSystem::new(files), Drafts::Hidden);
//! let built = session.link()?;
//!
//! // `nda.md` does not exist: a diagnostic, and the page is made all the same.
//! assert_eq!(built.found.iter().map(|finding| finding.rule.code).collect::<Vec<_>>(), ["link/not-found"]);
//! let pages = session.publish(&built).files;
//! assert!(pages.iter().any(|file| file.path == "index.html"));
//! # Ok::<(), partner_docs::pipeline::OpenError>(())
//! ```
//!
//! `ARCHITECTURE.md` holds the plan and the table of who may import whom, `GLOSSARY.md` the words, `DECISIONS.md` why
//! the larger things are as they are.

// `text[range]` panics within a letter: `text::Part` does not. Tests may.
#![cfg_attr(not(test), deny(clippy::string_slice))]
// `list[at]` panics behind the end: `get` does not. Where ids index the very table that gave them out, a file says so.
#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

pub mod check;
pub mod cli;
pub mod diagnostic;
pub mod fill;
pub mod git;
pub mod html;
pub mod linkcheck;
pub mod map;
pub mod markdown;
pub mod migrate;
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
pub mod starter;
pub mod theme;
pub mod url;
pub mod wording;
pub mod yaml;
