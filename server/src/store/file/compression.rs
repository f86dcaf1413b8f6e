//! Bytes of a row in less space: what rows have in common is in a dictionary, so that even a short
//! one gets shorter.
//!
//! The sums: a version of 500 bytes is compressed in some 10 µs to two thirds, and read in 2 µs.

use std::{cell::RefCell, io};

use zstd::{
    bulk::{Compressor, Decompressor},
    zstd_safe::get_frame_content_size,
};

use crate::store::error::StoreError;

/// What rows have in common: the names of fields as deterministic CBOR has them, in the order in
/// which they mostly come, and what often stands in them. Do *not* change it without new names for
/// the tables whose rows are compressed with it: they are read with the very same bytes.
const DICTIONARY: &[u8] = b"\
    a de la que el en los las un una con por para del se no hay esta son mas como muy pero sobre entre desde hasta \
    do da dos das que em um uma com por para nao mais como sobre entre the of and to in is on at by from with near \
    comunidad comunidade community quebrada r\xc3\xado river agua \xc3\xa1gua water peces peixes fish petr\xc3\xb3leo derrame \
    oil spill tala madeira logging miner\xc3\xada garimpo mining fuego inc\xc3\xaandio fire caza hunting animal bosque \
    floresta forest camino road campamento acampamento camp orilla margem\
    .webmdtypejvideo/webm.webmdtypejaudio/webm.jpgdtypejimage/jpegebytes\x1a\x00dhashX dnamew2026-11-27 09.41.07.jpg\
    aqedcodelversion_newergmessagebasX@avY\x01\
    \xaedkindetrackdnotexdrolegmanagerfauthorX fchangefdeletefformat\x01frecordP\
    fsourceganswers\xa1gparents\x81X hcategoryeotherjgeneration\x02jwritten_at\x1b\x00\x00\x01kobserved_atj2027-01-01\
    \xafdkindkobservationdnotexdrolegmonitoremedia\x81\xa4fauthorX fchangededitfformat\x01frecordP\
    ganswers\xa3gparents\x80hcategoryioil_spillhlocation\xa5clat:\x02clon:-fsourcecgpsjaccuracy_m\x08jaltitude_m\x18\
    jgeneration\x01jwritten_at\x1b\x00\x00\x01\xa0kobserved_att2026-11-27T09:41:07Zkobserved_atx\x182026-11-27T14:30:15.\
    kobserved_atx\x192026-11-27T12:00:00-05:00";
/// How hard it is tried: more takes longer and gains little on so few bytes.
const LEVEL: i32 = 3;
/// Most bytes that a row has before: what a view may show, and its words once more.
const BYTES_MAX: usize = 1024 * 1024;

thread_local! {
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// The bytes of a row in less space.
pub(in crate::store) fn compress(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let make = || Compressor::with_dictionary(LEVEL, DICTIONARY);
    with(&COMPRESSOR, make, |compressor| compressor.compress(bytes))
        .map_err(StoreError::Compression)
}

/// The inverse of [`compress`]; `None` for anything else.
pub(in crate::store) fn decompress(compressed: &[u8]) -> Option<Vec<u8>> {
    let length = usize::try_from(get_frame_content_size(compressed).ok()??).ok()?;
    if length > BYTES_MAX {
        return None;
    }
    let make = || Decompressor::with_dictionary(DICTIONARY);
    with(&DECOMPRESSOR, make, |decompressor| decompressor.decompress(compressed, length)).ok()
}

fn with<C, T>(
    kept: &'static std::thread::LocalKey<RefCell<Option<C>>>,
    make: impl FnOnce() -> io::Result<C>,
    act: impl FnOnce(&mut C) -> io::Result<T>,
) -> io::Result<T> {
    kept.with_borrow_mut(|kept| match kept {
        Some(context) => act(context),
        None => act(kept.insert(make()?)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decompress_of_compress_is_identity_and_anything_else_is_nothing() {
        for length in [0, 1, 200, 100_000, BYTES_MAX] {
            let mut bytes = vec![b'n'; length];
            blake3::Hasher::new().finalize_xof().fill(&mut bytes[..length / 2]);
            let compressed = compress(&bytes).unwrap();
            assert_eq!(decompress(&compressed).unwrap(), bytes);
            assert_eq!(decompress(&compressed[..compressed.len() - 1]), None);
            assert_eq!(decompress(&bytes), None);
        }
    }

    #[test]
    fn what_says_that_it_is_too_long_is_not_read() {
        let compressed = compress(&vec![b'n'; BYTES_MAX + 1]).unwrap();
        assert!(compressed.len() < 1_000);
        assert_eq!(decompress(&compressed), None);
    }
}
