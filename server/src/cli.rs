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
    /// Sync with another laptop, both ways, until both hold the same. Works while the server runs, and without it.
    ///
    /// The other laptop must be serving. Whatever arrived stays when the connection breaks; the same command goes on
    /// from there. Every signature is checked. The exit code is 0 once both hold the same.
    Sync(SyncArgs),
    /// Compute again every chain, id and signature that is held, and name what is damaged. Changes nothing.
    ///
    /// Works while the server runs, and without it; without it every page of the file is checked as well. The exit code
    /// is 0 if everything is whole, else 1.
    Verify(VerifyArgs),
    /// Compare what is held here with another laptop, or with another data directory, which are both audited.
    ///
    /// Versions are compared by hashes of ranges, whatever the logs say. The exit code is 0 if both are whole and hold
    /// the same, else 1. What one side merely lacks, `chasqui sync` brings.
    Compare(CompareArgs),
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
    /// Only devices that were paired get in. The certificate is this laptop's own; phones must be given authority.pem
    /// from the data directory to trust it.
    #[arg(long, value_name = "ADDR:PORT")]
    pub https: Option<SocketAddr>,
    /// Another name under which this laptop answers; may be given more than once.
    ///
    /// Its addresses, localhost and its .local name need not be named. A request that names any other host is refused.
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
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

/// Of `chasqui sync`.
#[derive(Debug, Args)]
pub struct SyncArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[command(flatten)]
    pub authority: AuthorityArgs,
    /// Join the project of the other laptop first. Only while nothing is held here, and no server runs.
    #[arg(long)]
    pub join: bool,
    /// Have the other laptop let this one in first, by the code that its manager shows, such as ABCD-EFGH.
    ///
    /// Needed once; a code for a manager also lets the two laptops compare and heal each other.
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    /// Print the meeting as JSON: url, name, state, done, total, notices, failure.
    #[arg(long)]
    pub json: bool,
    /// The other laptop, such as http://10.42.0.1:8080: a private address, localhost or a .local name.
    #[arg(value_name = "URL")]
    pub url: String,
}

/// Of `chasqui verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// Print JSON: project, logs, entries, versions, file, damaged, damage.
    #[arg(long)]
    pub json: bool,
}

/// Of `chasqui compare`.
#[derive(Debug, Args)]
pub struct CompareArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[command(flatten)]
    pub authority: AuthorityArgs,
    /// First heal what is damaged here from the other side, then move what one side lacks.
    ///
    /// An entry is only taken if the device of its log signed it. Another laptop is given what it lacks; another data
    /// directory is never changed. To heal the other side from here, run the same command there.
    #[arg(long)]
    pub heal: bool,
    /// Have the other laptop let this one in first, by a code that its manager made for a manager.
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    /// Print JSON: here, there, here_only, there_only, entries, healed_entries,
    /// healed_index, moved.
    #[arg(long)]
    pub json: bool,
    /// Another laptop, such as http://10.42.0.1:8080, or a data directory that no program uses.
    #[arg(value_name = "URL|FOLDER")]
    pub other: String,
}

/// Whom to trust for https.
#[derive(Debug, Args)]
pub struct AuthorityArgs {
    /// The other laptop's own certificate, authority.pem in its data directory. Needed for https.
    #[arg(long, value_name = "FILE")]
    pub authority: Option<PathBuf>,
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
