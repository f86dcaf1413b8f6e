//! The command line, and its help.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand};

/// Keeps what Amazon monitors record, on a laptop without internet.
///
/// Phones on the same wifi open the app from this program and bring it what they recorded. Everything is kept in
/// one directory; copying that directory while the program is stopped is a whole backup.
#[derive(Debug, Parser)]
#[command(name = "chasqui", version, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the app, the manager's page and the API until Ctrl+C.
    Serve(ServeArgs),
    /// Take observations from a GeoJSON or CSV file. The same file again adds nothing.
    ///
    /// GeoJSON: a FeatureCollection of points (RFC 7946). CSV: a header row, then latitude and longitude in decimal
    /// degrees in columns of the usual names (latitude, lat, decimalLatitude, latitud, y; longitude, lon, lng,
    /// decimalLongitude, longitud, x), and if they are there category, note, date and id; every other column
    /// becomes an answer. Comma, semicolon or tab between columns; UTF-8, else read as Latin-1.
    ///
    /// Every row that is refused is printed with its line and the reason. The exit code is 0 if the file
    /// could be read to its end, also if rows were refused. Works while the server runs, and without it.
    Import(ImportArgs),
    /// Print how much is held. Works while the server runs, and without it.
    Status(StatusArgs),
}

/// Where the data is.
#[derive(Debug, Args)]
pub struct DataArgs {
    /// The one directory that everything is kept in; made if it is not there [default: the platform's data directory].
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// Of `chasqui serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// Where to listen for http. The default is for this machine alone.
    ///
    /// A phone's browser keeps the app for use without a network only from https, or from this machine itself. Port 0
    /// takes any free port.
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    pub http: SocketAddr,
    /// Where to listen for https, such as 0.0.0.0:8443 for every phone on the wifi; not at all if absent.
    ///
    /// There is no pairing in this version: whoever can reach the address can read and add. The certificate is this
    /// laptop's own; phones must be given authority.pem from the data directory to trust it.
    #[arg(long, value_name = "ADDR:PORT")]
    pub https: Option<SocketAddr>,
    /// Do not announce this laptop on the network. This version announces nothing, with or without it.
    #[arg(long)]
    pub no_announce: bool,
}

/// Of `chasqui import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// Print the report as JSON.
    #[arg(long)]
    pub json: bool,
    /// The file, ending in .geojson, .json, .csv, .tsv or .txt.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Of `chasqui status`.
#[derive(Debug, Args)]
pub struct StatusArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// Print JSON: project, name, records, versions, entries, writers, heads, conflicts.
    #[arg(long)]
    pub json: bool,
}
