//! How long certificates are valid: whatever a clock says.
//!
//! A laptop with a dead battery starts in 2012, a phone that lay in a drawer is in 1970, and both
//! are to meet. A certificate that is dated by one clock and judged by the other fails on the day
//! when it is needed, and the browser does not say that a clock is the cause. So neither end is
//! taken from a clock: validity begins with Unix time, and ends on 31 December 9999, which is how a
//! certificate says that it has no well-defined end (RFC 5280, section 4.1.2.5).
//!
//! What an end of validity would protect is protected otherwise: a leaf's key is made at each start
//! and is never written to disk, the authority can vouch for private networks alone, and phones
//! also check the key that they pinned at pairing.

use rcgen::{CertificateParams, date_time_ymd};

/// Dates a certificate so that every clock finds it valid.
pub(super) fn set(params: &mut CertificateParams) {
    params.not_before = date_time_ymd(1970, 1, 1);
    params.not_after = date_time_ymd(9999, 12, 31);
}
