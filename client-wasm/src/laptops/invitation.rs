//! What a person gives to pair a phone: a code that was scanned, a link that was opened or pasted,
//! or a code typed by hand.

use chasqui_shared::{Code, Failure, PairingCode, PairingLink};

use crate::laptops::address;

/// A way in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invitation {
    /// Names the laptop that it is good for, and where that one was.
    Link {
        /// Code, key and project.
        link: PairingLink,
        /// Where the link leads, or what a scanned code says, if that is an https address.
        base: Option<String>,
    },
    /// Good for whichever laptop answers.
    Code(PairingCode),
}

impl Invitation {
    /// Reads what was scanned, opened, pasted or typed. Fails with `link_malformed` or
    /// `code_malformed`.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let text = text.trim();
        if text.contains(['#', '=', '/']) {
            let scanned = PairingLink::scan_base(text);
            let base = address::origin_of(scanned.as_deref().unwrap_or(text));
            let link = PairingLink::parse(text).map(|link| Self::Link { link, base });
            return link.ok_or_else(|| {
                Failure::new(Code::LinkMalformed, "this is not the code of a Chasqui laptop")
            });
        }
        PairingCode::parse(text).map(Self::Code).ok_or_else(|| {
            Failure::new(Code::CodeMalformed, "a pairing code has 8 letters and digits")
        })
    }

    /// What the laptop is asked to accept.
    pub fn code(&self) -> PairingCode {
        match self {
            Self::Link { link, .. } => link.code,
            Self::Code(code) => *code,
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use chasqui_shared::{DeviceId, ProjectId};

    use super::*;

    #[test]
    fn a_link_is_told_from_a_code_and_both_from_anything_else() {
        let code = PairingCode::parse("ABCD-EFGH").unwrap();
        let link = PairingLink { code, laptop: DeviceId([1; 32]), project: ProjectId([2; 16]) };
        let base = Some("https://10.42.0.1:8443".to_owned());
        for given in [
            format!("https://10.42.0.1:8443/{link}"),
            link.scan_text(Some("https://10.42.0.1:8443")),
        ] {
            let base = base.clone();
            assert_eq!(Invitation::parse(&given), Ok(Invitation::Link { link, base }), "{given}");
        }
        for elsewhere in [None, Some("http://10.42.0.1:8080"), Some("https://a@b"), Some("")] {
            let scanned = link.scan_text(elsewhere);
            assert_eq!(
                Invitation::parse(&scanned),
                Ok(Invitation::Link { link, base: None }),
                "{scanned}"
            );
        }
        assert_eq!(Invitation::parse(&link.to_string()), Ok(Invitation::Link { link, base: None }));
        assert_eq!(Invitation::parse(" abcd efgh\n"), Ok(Invitation::Code(code)));
        let refused = |text: &str| Invitation::parse(text).unwrap_err().code;
        assert_eq!(refused("https://example.org/menu"), Code::LinkMalformed);
        assert_eq!(refused("WIFI:S=x"), Code::LinkMalformed);
        assert_eq!(refused(""), Code::CodeMalformed);
        assert_eq!(refused("ABCD-EFG"), Code::CodeMalformed);
    }
}
