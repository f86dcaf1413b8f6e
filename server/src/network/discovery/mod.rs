//! How laptops and native tools on one wifi find this laptop, with no internet and nothing
//! configured.
//!
//! Three ways lead here: a datagram to 239.77.77.77:47777 ([`Question`]), the service
//! `_chasqui._tcp` with a `.local` name by mDNS, and a plain `OHAI` on port 1337 for those who ask
//! for it. [`Announcer`] answers all of them; [`find`] asks the first two.
//!
//! Nothing here is a proof: anyone on the wifi can answer anything. What is found is an address to
//! try, and who is there is settled by TLS and the pinned key. Nothing here reads the log, and
//! nothing leaves the private networks of this machine. An answer shows project, device and name to
//! whoever is on the wifi; a laptop that must stay unseen is started without an [`Announcer`].
//!
//! The whole conversation:
//!
//! ```
//! use chasqui_server::discovery::{Answer, BaseAddress, Nonce, Question};
//! use chasqui_shared::{DeviceId, ProjectId};
//!
//! let asked = Question { nonce: Nonce([7; 8]) };
//! let question = asked.encode();
//!
//! let heard = Question::decode(&question)?;
//! let url = BaseAddress::from_url("https://10.42.0.1:8443").expect("a private address");
//! let answer = Answer {
//!     nonce: heard.nonce,
//!     project: ProjectId([1; 16]),
//!     device: DeviceId([2; 32]),
//!     name: "Laptop of the office".into(),
//!     urls: vec![url],
//! }
//! .encode();
//! assert!(answer.len() <= question.len(), "never amplifying");
//!
//! let told = Answer::decode(&answer)?;
//! assert_eq!((told.nonce, told.urls), (asked.nonce, vec![url]));
//! # Ok::<(), chasqui_server::discovery::DatagramError>(())
//! ```

mod addresses;
mod allowance;
mod announcement;
mod announcer;
mod base_address;
mod error;
mod find;
mod found;
mod laptop;
pub mod limits;
mod mdns;
mod responder;

pub use addresses::{PrivateAddress, PrivateAddresses, Reach, watch};
pub use announcement::{Answer, DatagramError, Nonce, Question};
pub use announcer::Announcer;
pub use base_address::BaseAddress;
pub use error::DiscoveryError;
pub use find::{find, find_until};
pub use found::{Found, Way};
pub use laptop::Laptop;
pub use mdns::{SERVICE_TYPE, host_name};
pub use responder::{Door, GROUP};
