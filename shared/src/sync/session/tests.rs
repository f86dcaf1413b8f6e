//! Whole conversations between two logs in memory, message by message.

mod agreement;
mod harness;
mod messages;
mod restored;
mod stubborn;
mod under_way;
