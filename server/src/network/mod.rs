//! The network: addresses of this machine, certificates, and how laptops are found.

pub mod addresses;
pub mod discovery;
pub mod https;
pub mod private;
pub mod reached;
