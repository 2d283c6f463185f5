//! What a site is made of besides its pages: playbooks, the outline, the theme, assets, snippets of book.toml.
//! In: files. Out: values with their diagnostics.
//! Never knows: links, addresses.

pub(super) mod assets;
pub(super) mod build_inputs;
pub(super) mod evidence;
pub(super) mod playbooks;
pub(super) mod snippets;
pub(super) mod template_sources;
pub(super) mod value;
