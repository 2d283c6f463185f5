//! What the tests share.

#![allow(dead_code, reason = "each test program uses its part of this")]

pub(crate) mod anything;
pub(crate) mod crawl;
pub(crate) mod git;
pub(crate) mod literate;
pub(crate) mod missing;
pub(crate) mod mutate;
pub(crate) mod served;
pub(crate) mod shapes;
pub(crate) mod site;
