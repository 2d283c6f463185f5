//! The linked site as bytes in memory: pages through their templates, and what is published beside them.
//! In: the site and the theme. Out: files by address.
//! Never knows: `check`, source text, the disk.

pub mod view;
