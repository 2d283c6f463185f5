//! A vector whose positions have a type, so that what belongs to a node cannot be asked for with the position of an edge.

#![allow(clippy::indexing_slicing, reason = "typed ids index their own tables")]

use std::marker::PhantomData;
use std::ops::{Index, IndexMut, Range};

/// A position in an [`IndexVec`].
pub trait Id: Copy {
    /// The id of a position.
    fn from_index(index: usize) -> Self;

    /// The position of an id.
    fn index(self) -> usize;
}

/// Defines ids: positions of one kind each.
macro_rules! ids {
    ($($(#[$doc:meta])* $visibility:vis struct $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
        $visibility struct $name(pub u32);

        impl $crate::map::index_vec::Id for $name {
            fn from_index(index: usize) -> Self {
                // Diagrams end at a few hundred nodes: the largest number is nobody's, and indexing says so.
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

pub(crate) use ids;

/// The ids of a vector, from first to last.
pub type IdRange<I> = std::iter::Map<Range<usize>, fn(usize) -> I>;

/// A vector with one row for each id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IndexVec<I, T> {
    rows: Vec<T>,
    id: PhantomData<fn(I) -> I>,
}

impl<I: Id, T> IndexVec<I, T> {
    /// Equal rows.
    #[must_use]
    pub fn filled(len: usize, row: T) -> Self
    where
        T: Clone,
    {
        Self::from(vec![row; len])
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row of an id, if it has one.
    #[must_use]
    pub fn get(&self, id: I) -> Option<&T> {
        self.rows.get(id.index())
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, id: I) -> Option<&mut T> {
        self.rows.get_mut(id.index())
    }

    /// All ids, from first to last.
    pub fn ids(&self) -> IdRange<I> {
        (0..self.rows.len()).map(I::from_index)
    }

    /// All rows, from first to last.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.rows.iter()
    }

    /// All rows, to be changed.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.rows.iter_mut()
    }

    /// All rows with their ids.
    pub fn entries(&self) -> std::iter::Zip<IdRange<I>, std::slice::Iter<'_, T>> {
        self.ids().zip(&self.rows)
    }

    /// Adds a row.
    pub fn push(&mut self, row: T) -> I {
        self.rows.push(row);
        I::from_index(self.rows.len() - 1)
    }
}

impl<I, T> From<Vec<T>> for IndexVec<I, T> {
    fn from(rows: Vec<T>) -> Self {
        Self { rows, id: PhantomData }
    }
}

impl<I, T> Default for IndexVec<I, T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<I: Id, T> Index<I> for IndexVec<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.rows[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for IndexVec<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.rows[id.index()]
    }
}

impl<I, T> FromIterator<T> for IndexVec<I, T> {
    fn from_iter<R: IntoIterator<Item = T>>(rows: R) -> Self {
        Self::from(rows.into_iter().collect::<Vec<T>>())
    }
}

impl<I, T> Extend<T> for IndexVec<I, T> {
    fn extend<R: IntoIterator<Item = T>>(&mut self, rows: R) {
        self.rows.extend(rows);
    }
}

impl<I, T> IntoIterator for IndexVec<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}

impl<'t, I, T> IntoIterator for &'t mut IndexVec<I, T> {
    type Item = &'t mut T;
    type IntoIter = std::slice::IterMut<'t, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter_mut()
    }
}

impl<'t, I, T> IntoIterator for &'t IndexVec<I, T> {
    type Item = &'t T;
    type IntoIter = std::slice::Iter<'t, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}
