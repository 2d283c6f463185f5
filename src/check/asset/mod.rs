//! Files that are published as they are.
//! In: the files of a site. Out: findings about files as such.
//! Never knows: what links them wrongly; that is the links' business.

pub mod unused;
