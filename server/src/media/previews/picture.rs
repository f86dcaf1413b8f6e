//! From the bytes of a picture to a small JPEG of it. The bytes are a stranger's: nothing is
//! decoded before its size is known.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, ImageResult, Limits, Rgb,
    RgbImage,
    codecs::jpeg::JpegEncoder,
    error::{LimitError, LimitErrorKind},
};

use crate::limits;

/// A JPEG of the file, upright, no side longer than [`limits::PREVIEW_SIDE_MAX`]; `None` if it is
/// no JPEG, PNG, WebP or GIF, is damaged, or is more than may be decoded. An error is the disk's,
/// and not the picture's.
pub fn preview(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut file = File::open(path)?;
    let mut head = Vec::new();
    Read::by_ref(&mut file).take(64).read_to_end(&mut head)?;
    let format = image::guess_format(&head).ok().filter(|format| {
        matches!(
            format,
            ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP | ImageFormat::Gif
        )
    });
    let Some(format) = format else { return Ok(None) };
    if file.metadata()?.len() > limits::PREVIEWED_BYTES_MAX {
        return Ok(None);
    }
    file.rewind()?;
    // What a decoder did not expect is a fault of the picture too.
    let drawn = catch_unwind(AssertUnwindSafe(|| draw(BufReader::new(file), format)));
    match drawn {
        Ok(Ok(jpeg)) => Ok(Some(jpeg)),
        Ok(Err(ImageError::IoError(error))) if !is_of_content(&error) => Err(error),
        Ok(Err(error)) => {
            tracing::info!(%error, "a picture has no preview");
            Ok(None)
        }
        Err(_panic) => {
            tracing::warn!("a picture was too much for its decoder");
            Ok(None)
        }
    }
}

fn is_of_content(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput
    )
}

fn draw(file: BufReader<File>, format: ImageFormat) -> ImageResult<Vec<u8>> {
    let mut reader = ImageReader::with_format(file, format);
    let mut decoder_limits = Limits::no_limits();
    decoder_limits.max_alloc = Some(limits::PREVIEWED_MEMORY_BYTES_MAX);
    reader.limits(decoder_limits);
    let mut decoder = reader.into_decoder()?;
    if !fits(decoder.dimensions(), decoder.total_bytes()) {
        return Err(ImageError::Limits(LimitError::from_kind(LimitErrorKind::DimensionError)));
    }
    let orientation = decoder.orientation()?;
    let picture = DynamicImage::from_decoder(decoder)?;
    let side = limits::PREVIEW_SIDE_MAX;
    let mut small = match picture.width().max(picture.height()) > side {
        true => picture.thumbnail(side, side),
        false => picture,
    };
    small.apply_orientation(orientation);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, limits::PREVIEW_QUALITY)
        .encode_image(&on_white(&small))?;
    Ok(jpeg)
}

/// Whether a picture may be decoded.
fn fits((width, height): (u32, u32), bytes: u64) -> bool {
    u64::from(width) * u64::from(height) <= limits::PREVIEWED_PIXELS_MAX
        && bytes <= limits::PREVIEWED_MEMORY_BYTES_MAX
}

/// JPEG knows no transparency, and what is dark on nothing is to be seen.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let picture = picture.to_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [colours @ .., alpha] = picture.get_pixel(x, y).0;
        let (ink, paper) = (u16::from(alpha), 255 - u16::from(alpha));
        Rgb(colours.map(|colour| ((u16::from(colour) * ink + 255 * paper) / 255) as u8))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_pixels_are_decoded_and_not_one_more() {
        let rows = u32::try_from(limits::PREVIEWED_PIXELS_MAX / 8_000).unwrap();
        assert!(fits((8_000, rows), 0));
        assert!(!fits((8_000, rows + 1), 0));
        assert!(!fits((u32::MAX, u32::MAX), 0));
        assert!(fits((1, 1), limits::PREVIEWED_MEMORY_BYTES_MAX));
        assert!(!fits((1, 1), limits::PREVIEWED_MEMORY_BYTES_MAX + 1));
    }

    #[test]
    fn a_file_may_be_so_large_and_not_larger() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("dot.png");
        RgbImage::new(1, 1).save(&path).unwrap();
        for (bytes, is_shown) in
            [(limits::PREVIEWED_BYTES_MAX, true), (limits::PREVIEWED_BYTES_MAX + 1, false)]
        {
            File::options().write(true).open(&path).unwrap().set_len(bytes).unwrap();
            assert_eq!(preview(&path).unwrap().is_some(), is_shown);
        }
    }

    #[test]
    fn what_cannot_be_seen_through_is_on_white() {
        let mut picture = image::RgbaImage::from_pixel(1, 2, image::Rgba([10, 20, 30, 0]));
        picture.put_pixel(0, 1, image::Rgba([10, 20, 30, 255]));
        let drawn = on_white(&picture.into());
        assert_eq!(drawn.get_pixel(0, 0).0, [255; 3]);
        assert_eq!(drawn.get_pixel(0, 1).0, [10, 20, 30]);
    }
}
