//! What happens to a text before it is parsed: comments, includes, variables, formulas, and bounds on what it may cost.
//! In: a text and what it may ask for. Out: the text to parse, with a map back to the sources.
//! Never knows: HTML.

pub(super) mod budget;
pub(super) mod comments;
pub(super) mod conflict;
pub(super) mod formula;
pub(super) mod include;
pub(super) mod surroundings;
pub(super) mod variable;
pub(super) mod verbatim;
