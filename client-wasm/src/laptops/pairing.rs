//! Getting in: the phone signs a code that the manager shows, for one laptop, and keeps what that one gives it.

use chasqui_shared::{
    Code, Failure, Hello, PairingRequest, PairingResponse, is_label,
    limits::{MEMBER_NAME_BYTES_MAX, REQUEST_TIMEOUT_MS},
};

use crate::{
    engine::Engine,
    host::Host,
    laptops::{
        invitation::Invitation,
        paired::Paired,
        reach::{Peer, other_laptop},
        transport::{Transport, is_absence},
    },
    storage::{disk::Disk, state::other_project},
};

/// Characters of a token, all of them hex.
const TOKEN_CHARS: usize = 64;

impl<D: Disk, T: Transport<D::File>, H: Host> Engine<D, T, H> {
    /// Asks a laptop to let this phone in. `invitation` is what was scanned or opened, or a code as it was typed;
    /// `holder` is the name of whoever holds the phone.
    ///
    /// Resolves when the pairing is durable, and the first sync begins. Fails with `link_malformed`, `code_malformed`,
    /// `name_unusable`, `other_project`, `other_laptop`, `hello_unproven`, `too_many_laptops`, `unreachable`, `timeout`,
    /// `bad_answer`, what the laptop says (`code_refused`, `too_many_attempts` and others), or as [`Engine::record`];
    /// nothing is stored then.
    pub async fn pair(&self, invitation: &str, holder: &str) -> Result<(), Failure> {
        let invitation = Invitation::parse(invitation)?;
        let holder = holder.trim();
        if holder.is_empty() || holder.len() > MEMBER_NAME_BYTES_MAX || !is_label(holder) {
            return Err(Failure::new(Code::NameUnusable, "say who holds this phone, in few words"));
        }
        let (base, hello) = match self.inviter(&invitation).await {
            // A person waits, and the first answer may have come too late: over a new connection, or because the browser
            // had a question of its own.
            Err(failure) if is_absence(&failure) => self.inviter(&invitation).await?,
            found => found?,
        };
        let request = {
            let mut slot = self.state.lock().await;
            let log_writer = self.loaded(&mut slot).await?.log_writer();
            PairingRequest::sign(&log_writer, invitation.code(), holder.to_owned(), hello.device)
        };
        let answer = self.transport.pair(&base, &request);
        let answer = self.answered_in(REQUEST_TIMEOUT_MS, answer).await?;
        let mut paired = accepted(answer, &hello, holder)?;
        self.note_clock(&hello);
        let own_origins = self.link.borrow().own_origins.clone();
        paired.reached(&base, &hello.addresses, &own_origins);
        let peer = Peer { base, hello, token: paired.token.clone() };
        {
            let mut slot = self.state.lock().await;
            self.loaded(&mut slot).await?.pair(paired)?;
            self.commit(&mut slot).await?;
        }
        let now_ms = self.host.now_ms();
        self.change(|link| link.welcomed(peer, now_ms));
        self.sync_wanted.notify();
        self.host.changed();
        Ok(())
    }

    /// The laptop that the invitation is from.
    async fn inviter(&self, invitation: &Invitation) -> Result<(String, Hello), Failure> {
        let leads = match invitation {
            Invitation::Link { base, .. } => base.clone(),
            Invitation::Code(_) => None,
        };
        let (project, ladder) = {
            let mut slot = self.state.lock().await;
            let state = self.loaded(&mut slot).await?;
            (state.project(), self.ladder(leads, state))
        };
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
