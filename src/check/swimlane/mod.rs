//! Maps: do diagram and table lead to the same documents? Are the maps there that pages show?
//! In: maps with resolved links. Out: findings. What diagram and table say about anything else is compared where
//! maps are read, since it needs no other page.
//! Never knows: how maps are read or drawn.

pub mod click_mismatch;
pub mod not_shown;
