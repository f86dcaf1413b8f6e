//! The rules of what may enter a log, told as stories of Alice's and Bob's phones and a laptop.

mod admission;
mod allowance;
mod forks;
mod harness;
mod heads;
mod managers;
mod quarantine;
