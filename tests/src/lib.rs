//! The simulation: phones, laptops and drives that sync through a bad network and lose their disks,
//! and a judge who knows what really happened.
//!
//! [`simulate`] plays the story of one seed. The same seed always plays the same story. It opens no
//! socket and no file, and it does not say how records merge: the rules under test are those of
//! `chasqui-shared`.
//!
//! The same judge stands over [`cut_power`], where the laptop is the one that ships and its disk
//! loses power, and [`clocks`] plays the clocks that this project did not take.
//!
//! Beside it stands [`fuzz`]: the same rules, and the laptop's, against anything that anybody may
//! send.

#![forbid(unsafe_code)]

mod chance;
pub mod clocks;
pub mod fuzz;
mod judge;
mod mutant;
mod plan;
mod power;
mod store;
mod testimony;
mod world;

pub use judge::Violation;
pub use mutant::Mutant;
pub use plan::{Faults, Plan, Shape};
pub use power::{Disk, DiskKind, cut_power};
pub use world::{Story, simulate};
