//! What pages and mounts ask the theme for.
//! In: a site and its theme. Out: findings at the names that the theme does not have.
//! Never knows: what a template says.

pub mod unknown_template;
