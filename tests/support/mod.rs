//! What the tests share.

pub mod literate;
