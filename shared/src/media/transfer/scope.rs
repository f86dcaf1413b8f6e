//! What a failure is about: the way to the peer, the place of an upload, one file, or everything.

use crate::failure::{Code, Failure};

/// How far a failure reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Nobody answered. Everything on its way is in doubt.
    Way,
    /// The upload is not where this side believed it to be: when a connection broke, a browser
    /// sends a request again by itself, although the peer has taken the first one.
    Place,
    /// This file. The others can still be moved.
    File,
    /// Files of this size or a larger one: there is no room for them.
    Size,
    /// Uploads that were not begun yet: as many go on as may.
    Unbegun,
    /// Nothing can be moved now.
    All,
}

impl Scope {
    /// Of the failure of a request that was about a file.
    pub fn of(failure: &Failure) -> Self {
        match failure.code {
            Code::Unreachable | Code::Timeout => Self::Way,
            Code::OffsetWrong | Code::UploadBusy | Code::UploadUnknown | Code::UploadExpired => {
                Self::Place
            }
            Code::DiskReserve => Self::Size,
            Code::TooManyUploads => Self::Unbegun,
            Code::HashWrong | Code::FileUnreadable => Self::File,
            // The peer does not want to hear of this side, or is another, or no laptop.
            Code::BadAnswer
            | Code::NotPaired
            | Code::Revoked
            | Code::SessionRefused
            | Code::ManagerOnly
            | Code::DeviceOnly
            | Code::LoopbackOnly
            | Code::HttpsOnly
            | Code::HostRefused
            | Code::OriginRefused
            | Code::OtherProject
            | Code::OtherLaptop
            | Code::HelloUnproven
            | Code::CertificateRefused => Self::All,
            // What may pass is waited for; what stays, as an unknown code of a newer peer, keeps no
            // other file back.
            _ if failure.retryable => Self::All,
            _ => Self::File,
        }
    }
}
