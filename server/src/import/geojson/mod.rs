//! GeoJSON files.

pub mod allowance;
pub mod geojson_rows;
pub mod lenient;
