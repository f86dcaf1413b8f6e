//! How the list of codes is written.

/// Makes the enum, its names and their reading from one table.
macro_rules! codes {
    (
        $(#[doc = $of_enum:literal])*
        pub enum Code { $( $(#[doc = $doc:literal])+ $code:ident = $name:literal $again:ident, )+ }
    ) => {
        $(#[doc = $of_enum])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $( $(#[doc = $doc])+ $code, )+
            /// A code of a newer peer, which this program does not know.
            Other(String),
        }

        impl Code {
            /// All codes that this program knows, in the order of this list.
            pub const ALL: &[Self] = &[$(Self::$code),+];

            /// Its name, if this program knows it.
            pub const fn known(&self) -> Option<&'static str> {
                match self {
                    $( Self::$code => Some($name), )+
                    Self::Other(_) => None,
                }
            }

            /// Whether the same request may succeed later, without anybody changing anything.
            pub const fn is_retryable(&self) -> bool {
                match self {
                    $( Self::$code => codes!(@ $again), )+
                    Self::Other(_) => false,
                }
            }
        }

        impl From<&str> for Code {
            fn from(name: &str) -> Self {
                match name {
                    $( $name => Self::$code, )+
                    other => Self::Other(other.into()),
                }
            }
        }
    };
    (@ retryable) => { true };
    (@ lasting) => { false };
}

pub(super) use codes;
