//! An observation as this laptop tells of it.

use chasqui_shared::{Timestamp, View};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{media::Blobs, store::Cursor};

/// A view, when what it shows arrived, and how many of its files did.
#[derive(Debug, Serialize, ToSchema)]
pub struct LaptopView {
    /// The view.
    #[serde(flatten)]
    pub view: View,
    /// When the winner arrived here, by the laptop's clock.
    pub received_at: Timestamp,
    /// Whether it is said to have been seen after it arrived: some clock was wrong.
    pub is_ahead: bool,
    /// How many of its files are on this laptop now.
    pub media_here: u64,
    /// Its place in lists: as text, places ascend from the latest observation to the earliest.
    pub place_in_list: String,
}

impl LaptopView {
    /// A view at this moment.
    pub fn of(view: View, received_at: Timestamp, blobs: &Blobs) -> Self {
        let here = view.media.iter().filter(|media| blobs.holds(media.hash)).count();
        let is_ahead = view.observed_at.is_ahead_of(received_at);
        let place_in_list = Cursor::at(view.observed_at, received_at, view.record).to_string();
        Self { view, received_at, is_ahead, media_here: here as u64, place_in_list }
    }
}
