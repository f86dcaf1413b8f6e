//! Pictures are shown small, upright and safely; what is no picture is never tried twice.

use std::{
    fs,
    io::{Cursor, Write},
    path::PathBuf,
};

use axum::http::Method;
use flate2::{Compression, write::ZlibEncoder};
use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage};

use super::*;

/// Red on its left half, blue on its right.
fn two_colours(width: u32, height: u32) -> DynamicImage {
    let colour = |x| if x < width / 2 { Rgb([200, 0, 0]) } else { Rgb([0, 0, 200]) };
    RgbImage::from_fn(width, height, |x, _| colour(x)).into()
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// The same JPEG, held as EXIF says by this number.
fn held_as(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let tiff = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0";
    let length = u8::try_from(2 + tiff.len() + 7).unwrap();
    let exif = [&[0xff, 0xe1, 0, length][..], tiff, &[orientation, 0, 0, 0, 0, 0, 0]].concat();
    [&jpeg[..2], &exif, &jpeg[2..]].concat()
}

/// A black PNG that says it is so wide and high, and has the pixels of `rows`: 8,000 pixels of it
/// are one byte.
fn bomb(side: u32, rows: u32) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], data: &[u8]| {
        let mut sum = flate2::Crc::new();
        sum.update(kind);
        sum.update(data);
        let length = u32::try_from(data.len()).unwrap();
        [&length.to_be_bytes()[..], kind, data, &sum.sum().to_be_bytes()].concat()
    };
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    let row = vec![0; 1 + side.div_ceil(8) as usize];
    (0..rows).for_each(|_| packer.write_all(&row).unwrap());
    let side = side.to_be_bytes();
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk(b"IHDR", &[&side[..], &side, &[1, 0, 0, 0, 0]].concat()),
        &chunk(b"IDAT", &packer.finish().unwrap()),
        &chunk(b"IEND", b""),
    ]
    .concat()
}

fn preview_of(file: &[u8]) -> String {
    format!("{MEDIA}/{}/preview", hash(file))
}

async fn keep(app: &Laptop, file: &[u8]) {
    assert_eq!(begin(app, file, file).await.status, 201);
}

async fn preview(app: &Laptop, file: &[u8]) -> DynamicImage {
    keep(app, file).await;
    let answer = app.get(&preview_of(file)).await.ok();
    assert_eq!(header(&answer, "content-type"), "image/jpeg");
    image::load_from_memory_with_format(&answer.body, ImageFormat::Jpeg).unwrap()
}

async fn refused(app: &Laptop, file: &[u8]) {
    keep(app, file).await;
    for _ in 0..2 {
        let answer = app.get(&preview_of(file)).await;
        assert_eq!(answer.failure(), (422, "preview_impossible"));
        assert!(!answer.json::<Value>()["retryable"].as_bool().unwrap());
    }
}

fn is_red(picture: &DynamicImage, x: u32, y: u32) -> bool {
    let [red, _, blue, _] = picture.get_pixel(x, y).0;
    red > 150 && blue < 50
}

#[tokio::test]
async fn a_photo_that_was_taken_upright_is_shown_upright() {
    let app = Laptop::start();
    let photo = encoded(&two_colours(640, 480), ImageFormat::Jpeg);
    let lying = preview(&app, &photo).await;
    assert_eq!(lying.dimensions(), (320, 240));
    assert!(is_red(&lying, 10, 120) && !is_red(&lying, 310, 120));
    let turned = preview(&app, &held_as(&photo, 6)).await;
    assert_eq!(turned.dimensions(), (240, 320));
    assert!(is_red(&turned, 120, 10) && !is_red(&turned, 120, 310));
}

#[tokio::test]
async fn png_webp_and_gif_are_shown_and_small_ones_stay_as_small() {
    let app = Laptop::start();
    for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let shown = preview(&app, &encoded(&two_colours(1_000, 10), format)).await;
        assert_eq!(shown.dimensions(), (320, 3), "{format:?}");
    }
    let icon = preview(&app, &encoded(&two_colours(320, 4), ImageFormat::Png)).await;
    assert_eq!(icon.dimensions(), (320, 4));
}

#[tokio::test]
async fn a_picture_that_says_it_is_huge_is_not_decoded() {
    let app = Laptop::start();
    let large = bomb(1_000, 1_000);
    assert_eq!(preview(&app, &large).await.dimensions(), (320, 320));
    let larger = bomb(9_000, 9_000);
    assert!(larger.len() < 20_000, "a small file");
    refused(&app, &larger).await;
    refused(&app, &bomb(60_000, 1)).await;
}

#[tokio::test]
async fn what_is_no_picture_or_is_damaged_has_no_preview_and_stays_as_it_is() {
    let app = Laptop::start();
    let page = b"<!doctype html><script>alert(1)</script>";
    let png = encoded(&two_colours(640, 480), ImageFormat::Png);
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic and the rest of it";
    let webp = b"RIFF\xff\xff\xff\x7fWEBPVP8 and nothing of the kind";
    for file in [&page[..], &png[..png.len() / 2], heic, webp, b"OggS", b"\xff\xd8\xff", b""] {
        refused(&app, file).await;
        let kept = app.get(&format!("{MEDIA}/{}", hash(file))).await.ok();
        assert_eq!(kept.body, file);
    }
}

#[tokio::test]
async fn a_photo_that_was_cut_short_is_shown_as_far_as_it_goes() {
    let app = Laptop::start();
    let photo = encoded(&two_colours(640, 480), ImageFormat::Jpeg);
    let shown = preview(&app, &photo[..photo.len() * 3 / 4]).await;
    assert_eq!(shown.dimensions(), (320, 240));
    assert!(is_red(&shown, 10, 10));
}

#[tokio::test]
async fn a_preview_is_kept_over_a_restart_and_known_by_its_tag() {
    let app = Laptop::start();
    let photo = encoded(&two_colours(640, 480), ImageFormat::Jpeg);
    preview(&app, &photo).await;
    let name = hash(&photo);
    let kept: PathBuf = format!("media/previews/{}/{name}.jpg", &name[..2]).into();
    let kept = app.directory().join(kept);
    fs::write(&kept, "as it was kept").unwrap();

    let app = app.restart();
    let shown = app.get(&preview_of(&photo)).await.ok();
    assert_eq!(shown.text(), "as it was kept");
    assert_eq!(header(&shown, "cache-control"), "private, max-age=31536000, immutable");
    assert_eq!(header(&shown, "content-security-policy"), "sandbox; default-src 'none'");
    let etag = header(&shown, "etag");
    assert_ne!(etag, format!("\"{name}\""), "it is another thing than the file");
    let request = Request::get(preview_of(&photo)).header("if-none-match", etag);
    let known = app.ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!((known.status.as_u16(), known.body.len()), (304, 0));
    let head = app.send(Method::HEAD, &preview_of(&photo), None, Vec::new()).await.ok();
    assert_eq!((header(&head, "content-length"), head.body.len()), ("14", 0));
}

#[tokio::test]
async fn the_preview_of_a_file_that_is_not_here_is_not_shown() {
    let app = Laptop::start();
    let photo = encoded(&two_colours(640, 480), ImageFormat::Jpeg);
    let unknown = app.get(&preview_of(&photo)).await;
    assert_eq!(unknown.failure(), (404, "media_unknown"));
    preview(&app, &photo).await;
    let name = hash(&photo);
    fs::remove_file(app.directory().join(format!("media/blobs/{}/{name}", &name[..2]))).unwrap();
    let gone = app.restart().get(&preview_of(&photo)).await;
    assert_eq!(gone.failure(), (404, "media_unknown"));
}
