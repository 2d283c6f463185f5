//! What the tests share.

#![allow(dead_code, reason = "each test program uses its part of this")]

pub mod crawl;
pub mod literate;
pub mod site;
