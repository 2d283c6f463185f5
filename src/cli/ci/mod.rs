//! What a workflow asks before it runs, and tells afterwards: the inputs of a site, and what changes for its readers.

mod changes;
mod inputs;

pub(super) use changes::{ChangesOptions, changes};
pub(super) use inputs::{InputsOptions, inputs};
