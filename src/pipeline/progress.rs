//! How far a build is, for whoever waits for it.
//! In: stages as they come. Out: calls to one function, from any thread.
//! Never knows: who is told, or how often that is too often.

use std::fmt;
use std::sync::Arc;

/// What a build is doing.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum BuildStage {
    /// Reading and compiling pages.
    Reading {
        /// How many are compiled.
        done: usize,
        /// How many there are to compile.
        all: usize,
    },
    /// Linking the pages and checking the site.
    Checking,
    /// Rendering pages and documents.
    Rendering {
        /// How many are rendered.
        done: usize,
        /// How many there are.
        all: usize,
    },
    /// Comparing files with those of the last build, and writing what is new.
    Writing {
        /// How many files the site has.
        files: usize,
    },
}

/// Who is told; nobody by default.
#[derive(Clone, Default)]
pub struct Progress(Option<Arc<dyn Fn(BuildStage) + Send + Sync>>);

impl Progress {
    /// Tells this function.
    pub fn new(listener: impl Fn(BuildStage) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listener)))
    }

    /// Tells that the build is this far.
    pub fn tell(&self, stage: BuildStage) {
        if let Some(listener) = &self.0 {
            listener(stage);
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Progress(told)" } else { "Progress(nobody)" })
    }
}
