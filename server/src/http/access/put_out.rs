//! What ends when a device loses its way in, or a part of what it may: everything of it that is
//! under way.

use std::sync::Arc;

use chasqui_shared::DeviceId;
use tokio::time::Instant;

use crate::{connections::Connection, http::app::App};

impl App {
    /// Ends the connections of a device, with the answers, events and uploads that are under way on
    /// them. The connection that the order came on ends once its answer is through.
    pub(in crate::http) fn cut_off(&self, device: DeviceId, ordered_on: Option<&Arc<Connection>>) {
        self.listeners.end(device);
        self.connections.end(device, ordered_on, Instant::now());
    }

    /// Ends all of a device that was put out, with the uploads that it had begun.
    pub(in crate::http) async fn put_out(
        &self,
        device: DeviceId,
        ordered_on: Option<&Arc<Connection>>,
    ) {
        self.cut_off(device, ordered_on);
        self.media.end_uploads(device).await;
    }
}
