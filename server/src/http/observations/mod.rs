//! Observations: lists, one of them, new ones, files of them.

pub mod changes;
pub mod custody;
pub mod import;
pub mod laptop_view;
pub mod list;
pub mod observation;
pub mod points;
pub mod since;
pub mod sought;
pub mod submitted;
