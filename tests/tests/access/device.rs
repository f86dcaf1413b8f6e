//! Somebody's phone, or another laptop, as far as getting in goes.

use chasqui_shared::{
    DeviceId, Epoch, LogWriter, PairingCode, PairingRequest, PairingResponse, Role, SignatureBytes,
};

use crate::laptop::{Answer, Laptop};

pub struct Device {
    pub log_writer: LogWriter,
    pub name: String,
}

impl Device {
    pub fn new(number: u8, name: &str) -> Self {
        Self { log_writer: LogWriter::new(&[number; 32], Epoch([number; 16])), name: name.into() }
    }

    pub fn id(&self) -> DeviceId {
        self.log_writer.owner().device
    }

    /// Asks to be let in by a code, meant for this laptop.
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

    pub fn ask_in(&self, laptop: &Laptop, code: &str) -> Answer {
        self.ask_in_from(laptop, code, &[])
    }

    pub fn ask_in_from(&self, laptop: &Laptop, code: &str, headers: &[(&str, &str)]) -> Answer {
        let request = self.request(laptop.hello().device, code);
        let body = serde_json::to_value(request).unwrap();
        laptop.ask("POST", "/api/v1/pairings", headers, Some(&body))
    }

    /// Gets in by a new code, and returns the token.
    pub fn pair(&self, laptop: &Laptop, role: Role) -> String {
        self.pair_from(laptop, role, &[])
    }

    pub fn pair_from(&self, laptop: &Laptop, role: Role, headers: &[(&str, &str)]) -> String {
        let answer = self.ask_in_from(laptop, &laptop.code(role), headers).ok();
        let answer: PairingResponse = serde_json::from_value(answer).unwrap();
        assert_eq!(answer.role, role);
        answer.token
    }
}
