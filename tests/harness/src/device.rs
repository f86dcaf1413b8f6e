//! Somebody's phone, or another laptop, as far as pairing goes.

use chasqui_shared::{
    DeviceId, Epoch, LogWriter, PairingCode, PairingRequest, PairingResponse, Role, SignatureBytes,
};

use crate::{
    Agent, Answer, Base,
    on_ports::{Laptop, code},
};

/// A key and a name.
pub struct Device {
    /// Its key and its log.
    pub log_writer: LogWriter,
    /// What it calls itself.
    pub name: String,
}

impl Device {
    /// A device of this number; the [`crate::Phone`] of the same number is the same device.
    pub fn new(number: u16, name: &str) -> Self {
        Self { log_writer: log_writer(number), name: name.into() }
    }

    /// A device with this key.
    pub fn with_log_writer(log_writer: LogWriter) -> Self {
        Self { log_writer, name: "a phone".into() }
    }

    /// The hash of its key.
    pub fn id(&self) -> DeviceId {
        self.log_writer.owner().device
    }

    /// Asks to be paired by a code, meant for this laptop.
    pub fn request(&self, laptop: DeviceId, code: &str) -> PairingRequest {
        match PairingCode::parse(code) {
            Some(code) => PairingRequest::sign(&self.log_writer, code, self.name.clone(), laptop),
            None => PairingRequest {
                code: code.into(),
                device: self.id(),
                name: self.name.clone(),
                proof: SignatureBytes([0; 64]),
            },
        }
    }

    /// Asks to be paired by a code.
    pub fn ask_in(&self, laptop: &Laptop, code: &str) -> Answer {
        self.ask_in_from(laptop, code, &[])
    }

    /// The same, with these headers.
    pub fn ask_in_from(&self, laptop: &Laptop, code: &str, headers: &[(&str, &str)]) -> Answer {
        let request = self.request(laptop.hello().device, code);
        let body = serde_json::to_value(request).unwrap();
        laptop.ask("POST", "/api/v1/pairings", headers, Some(&body))
    }

    /// Pairs by a new code, and returns the token.
    pub fn pair(&self, laptop: &Laptop, role: Role) -> String {
        self.pair_from(laptop, role, &[])
    }

    /// The same, with these headers.
    pub fn pair_from(&self, laptop: &Laptop, role: Role, headers: &[(&str, &str)]) -> String {
        let answer = self.ask_in_from(laptop, &laptop.code(role), headers).value();
        let answer: PairingResponse = serde_json::from_value(answer).unwrap();
        assert_eq!(answer.role, role);
        answer.token
    }

    /// Pairs as a monitor's phone with a laptop whose manager has this base; returns its own base.
    pub fn pair_at(&self, manager: &Base) -> Base {
        let agent = Agent::new();
        let code = code(&agent, manager, Role::Monitor);
        let request = self.request(agent.hello(manager).device, &code);
        let answer: PairingResponse = agent.post_json(manager, "pairings", &request).unwrap();
        Base { url: manager.url.clone(), key: answer.token }
    }
}

/// The key and the first log of the device of a number.
pub(crate) fn log_writer(number: u16) -> LogWriter {
    let [high, low] = number.to_be_bytes();
    let mut secret = [low; 32];
    secret[31] = low.wrapping_add(high);
    LogWriter::new(&secret, Epoch([low; 16]))
}
