//! Getting in: the phone signs a code that the manager shows, for one laptop, and keeps what that
//! one gives it.

use chasqui_shared::{
    Code, Failure, Hello, PairingRequest, PairingResponse, is_label,
    limits::{MEMBER_NAME_BYTES_MAX, REQUEST_TIMEOUT_MS},
};

use super::{Network, peer::Peer, reach::other_laptop};
use crate::{
    copy::state::other_project,
    host::Host,
    in_time::answered_in,
    laptops::{
        invitation::Invitation,
        paired::Paired,
        transport::{Transport, is_absence},
    },
    storage::disk::Disk,
};

/// Characters of a token, all of them hex.
const TOKEN_CHARS: usize = 64;

impl<D: Disk, T: Transport<D::File>, H: Host> Network<D, T, H> {
    /// Asks a laptop to let this phone in. Resolves when the pairing is durable, and that laptop is
    /// in reach.
    pub async fn pair(&self, invitation: &str, holder: &str) -> Result<(), Failure> {
        let invitation = Invitation::parse(invitation)?;
        let holder = holder.trim();
        if holder.is_empty() || holder.len() > MEMBER_NAME_BYTES_MAX || !is_label(holder) {
            return Err(Failure::new(Code::NameUnusable, "say who holds this phone, in few words"));
        }
        let (base, hello) = match self.inviter(&invitation).await {
            // A person waits, and the first answer may have come too late: over a new connection,
            // or because the browser had a question of its own.
            Err(failure) if is_absence(&failure) => self.inviter(&invitation).await?,
            found => found?,
        };
        let log_writer = self.copy.with(|state| Ok(state.log_writer())).await?;
        let request =
            PairingRequest::sign(&log_writer, invitation.code(), holder.to_owned(), hello.device);
        let answer = self.transport.pair(&base, &request);
        let answer = answered_in(&*self.host, REQUEST_TIMEOUT_MS, answer).await?;
        let mut paired = accepted(answer, &hello, holder)?;
        self.note_clock(&hello);
        paired.reached(&base, &hello.addresses, &self.own_origins);
        let peer = Peer { base, hello, token: paired.token.clone() };
        self.copy.change(|state| Ok((true, state.pair(paired)?))).await?;
        // It may know nothing of this phone.
        self.report.borrow_mut().forget(peer.hello.device);
        self.found.change(|found| found.peer = Some(peer));
        Ok(())
    }

    /// The laptop that the invitation is from.
    async fn inviter(&self, invitation: &Invitation) -> Result<(String, Hello), Failure> {
        let leads = match invitation {
            Invitation::Link { base, .. } => base.clone(),
            Invitation::Code(_) => None,
        };
        let look = self.copy.with(|state| Ok((state.project(), self.ladder(leads, state))));
        let (project, ladder) = look.await?;
        let own_project = |of: &Hello| project.is_none_or(|own| own == of.charter.project());
        match invitation {
            Invitation::Link { link, .. } => {
                if project.is_some_and(|own| own != link.project) {
                    return Err(other_project());
                }
                let fits = |hello: &Hello| match hello {
                    _ if hello.device != link.laptop => Err(other_laptop()),
                    _ if hello.charter.project() != link.project => Err(other_project()),
                    _ => Ok(()),
                };
                self.look_around(ladder, fits).await
            }
            Invitation::Code(_) => {
                let fits = |hello: &Hello| own_project(hello).then_some(()).ok_or(other_project());
                self.look_around(ladder, fits).await
            }
        }
    }
}

/// What is kept of an answer, if it is from the laptop that was asked.
fn accepted(answer: PairingResponse, hello: &Hello, holder: &str) -> Result<Paired, Failure> {
    let PairingResponse { charter, laptop, laptop_name, role, token } = answer;
    if laptop != hello.device {
        return Err(other_laptop());
    }
    if charter != hello.charter {
        return Err(other_project());
    }
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if token.len() != TOKEN_CHARS || !token.bytes().all(hex) {
        return Err(Failure::new(Code::BadAnswer, "the laptop's answer holds no usable token"));
    }
    let holder = holder.to_owned();
    Ok(Paired { charter, laptop, laptop_name, role, token, holder, addresses: Vec::new() })
}
