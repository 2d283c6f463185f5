//! The one way to files.
//! In: folders. Out: names and bytes.
//! Never knows: what is in the files.

pub mod decode;
pub mod disk;
pub mod memory;
pub mod overlay;
pub mod roots;
pub mod walk;
