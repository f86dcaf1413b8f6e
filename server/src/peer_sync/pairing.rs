//! Getting in at another laptop: by a code the first time, and from then on by the token that it
//! gave.

use chasqui_shared::{Code, Failure, PairingCode};

use super::{
    error::PeerSyncError,
    peer_access::PeerAccess,
    peer_client::{PeerClient, PeerHello},
    peer_url::PeerUrl,
};
use crate::store::{Key, Store};

/// Another laptop, and a line on which it knows this one.
#[derive(Debug)]
pub struct Entered {
    /// Who the other laptop is.
    pub peer: PeerHello,
    /// Sends this laptop's token.
    pub line: PeerClient,
}

/// Makes sure of who the other laptop is, and gets in there: by `code` if there is one, else by the
/// token that is kept.
///
/// The token is told to nobody who cannot prove to have the key of the laptop that gave it. Fails
/// with `other_project`, `code_malformed`, the other laptop's `code_refused`, or with `not_paired`
/// where there is neither code nor token.
pub fn enter(
    store: &Store,
    way: &PeerAccess,
    code: Option<&str>,
) -> Result<Entered, PeerSyncError> {
    let line = &make_sure(store, way, code.is_some())?;
    let peer = line.hello()?;
    if peer.hello.charter.project() != store.project() {
        return Err(Failure::new(Code::OtherProject, "that laptop holds another project").into());
    }
    if let Some(code) = code {
        pair(store, line, &peer, code)?;
    } else if line.has_token() {
        return Ok(Entered { peer, line: line.clone() });
    }
    let key = store.key_of(peer.hello.device)?.filter(|key| key.charter == peer.hello.charter);
    let Some(key) = key else { return Err(not_paired(&peer, line.url()).into()) };
    Ok(Entered { line: line.with_token(&key.token), peer })
}

/// A line on which it is known who hears what is said.
///
/// Over https the other laptop's authority is the one that was given, or else the one that was kept
/// when it let this laptop in. Where there is neither, a person stands there with a code: the
/// authority that is presented then is believed, and kept, and no other one from that moment on.
fn make_sure(store: &Store, way: &PeerAccess, has_code: bool) -> Result<PeerClient, PeerSyncError> {
    let unsure = match way {
        PeerAccess::Verified(line) => return Ok(line.clone()),
        PeerAccess::Unverified(unsure) => unsure,
    };
    let peer = unsure.hello()?;
    let kept = store.key_of(peer.hello.device)?.and_then(|key| key.authority);
    match kept {
        Some(authority) => Ok(unsure.trusting(&authority)?),
        None if has_code => Ok(unsure.trusting(&unsure.fetch_authority()?)?),
        None => Err(not_paired(&peer, way.url()).into()),
    }
}

fn not_paired(peer: &PeerHello, url: &PeerUrl) -> Failure {
    let name = &peer.hello.name;
    let message = format!(
        "{name} has not let this laptop in: have its manager make a code for a manager, and run \
         `chasqui sync {url} --code ABCD-EFGH` with that code"
    );
    Failure::new(Code::NotPaired, message)
}

fn pair(
    store: &Store,
    line: &PeerClient,
    peer: &PeerHello,
    code: &str,
) -> Result<(), PeerSyncError> {
    let Some(code) = PairingCode::parse(code) else {
        let message = "this is no code; a code looks like ABCD-EFGH";
        return Err(Failure::new(Code::CodeMalformed, message).into());
    };
    let answer = line.pair(&store.pairing_request(code, peer.hello.device))?;
    if answer.laptop != peer.hello.device || answer.charter != peer.hello.charter {
        let message = "the laptop that answers is not the one that was asked";
        return Err(Failure::new(Code::BadAnswer, message).into());
    }
    let url = line.url().to_string();
    let authority = line.authority().map(str::to_owned);
    let key = Key { charter: answer.charter, token: answer.token, url, authority };
    Ok(store.keep_key(peer.hello.device, &key)?)
}
