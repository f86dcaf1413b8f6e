//! The code that lets one device in, once.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 8 characters of Crockford's base 32: 40 bits, shown as `ABCD-EFGH`.
///
/// Read without regard to case and to whatever is neither a letter nor a digit: an app that a code
/// passes through makes a dash of a hyphen, and adds spaces that nobody sees. `O` is `0`, and `I`
/// and `L` are `1`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PairingCode([u8; PairingCode::CHARS]);

impl PairingCode {
    /// Characters without the hyphen.
    pub const CHARS: usize = 8;

    /// From 8 random bytes, of which 5 bits each are used.
    pub fn from_random(random: [u8; Self::CHARS]) -> Self {
        Self(random.map(|byte| ALPHABET[usize::from(byte & 31)]))
    }

    /// Reads what a person typed or pasted; `None` if it is no code.
    pub fn parse(text: &str) -> Option<Self> {
        let mut chars = [0; Self::CHARS];
        let mut typed =
            text.chars().filter(|c| c.is_alphanumeric()).map(|c| match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            });
        for slot in &mut chars {
            let byte = u8::try_from(typed.next()?).ok()?;
            *slot = Some(byte).filter(|byte| ALPHABET.contains(byte))?;
        }
        typed.next().is_none().then_some(Self(chars))
    }

    /// The characters without the hyphen.
    pub fn as_bytes(&self) -> &[u8; Self::CHARS] {
        &self.0
    }
}

impl std::fmt::Display for PairingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text: String = self.0.iter().copied().map(char::from).collect();
        let (front, back) = text.split_at(Self::CHARS / 2);
        write!(f, "{front}-{back}")
    }
}

impl std::fmt::Debug for PairingCode {
    /// Never shows the code: it is a secret for as long as it is valid.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PairingCode(…)")
    }
}
