//! Access to files, on disk and in memory.

pub mod decode;
pub mod disk;
pub mod memory;
pub mod overlay;
pub mod roots;
pub mod walk;
