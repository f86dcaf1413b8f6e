//! A text as a picture that a phone's camera reads.

use qrcode::{EcLevel, QrCode, render::svg};

/// The QR code of a text, as an SVG element with its quiet zone; `None` if the text is longer than
/// any code holds.
pub fn qr_svg(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let picture = code.render::<svg::Color<'_>>().min_dimensions(192, 192).build();
    // Inside of a page there is no XML declaration.
    picture.find("<svg").map(|start| picture[start..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_one_svg_element() {
        let svg = qr_svg("https://10.42.0.1:8443/").unwrap();
        assert!(svg.starts_with("<svg") && svg.ends_with("</svg>"), "{svg}");
    }

    #[test]
    fn a_text_that_fits_no_code_has_none() {
        // The largest code holds 2,331 bytes at this level (ISO/IEC 18004, table 7).
        assert!(qr_svg(&"a".repeat(2_331)).is_some());
        assert!(qr_svg(&"a".repeat(2_332)).is_none());
    }
}
