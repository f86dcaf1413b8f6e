//! The command line, and its help.

use std::{net::SocketAddr, path::PathBuf};

use chasqui_server::{
    HTTP_DEFAULT, HTTPS_DEFAULT,
    discovery::limits::{FIND_SECONDS, FIND_SECONDS_MAX},
    zone::Zone,
};
use clap::{Args, Parser, Subcommand, value_parser};

/// Keeps what Amazon monitors record, on a laptop without internet.
///
/// Phones on the same wifi open the app from this program and bring it what they recorded.
/// Everything is kept in one directory; copying that directory while the program is stopped is a
/// whole backup.
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
    /// GeoJSON: a FeatureCollection of points (RFC 7946). CSV: a header row, then latitude and
    /// longitude in decimal degrees in columns of the usual names (latitude, lat, decimalLatitude,
    /// latitud, y; longitude, lon, lng, decimalLongitude, longitud, x), and if they are there
    /// category, note, date and id; every other column becomes an answer. Comma, semicolon or tab
    /// between columns; UTF-8, else read as Latin-1.
    ///
    /// Every row that is refused is printed with its line and the reason. The exit code is 0 if the
    /// file could be read to its end, also if rows were refused. Works while the server runs, and
    /// without it.
    Import(ImportArgs),
    /// Sync with another laptop, both ways, until both hold the same. Works while the server runs,
    /// and without it.
    ///
    /// The other laptop must be serving. Whatever arrived stays when the connection breaks; the
    /// same command goes on from there. Every signature is checked. The exit code is 0 once both
    /// hold the same.
    Sync(SyncArgs),
    /// Compute again every chain, id and signature that is held, and name what is damaged.
    ///
    /// Photos, sounds and films are hashed again, too: a damaged one is set aside, and nothing else
    /// is changed.
    ///
    /// Works while the server runs, and without it; without it every page of the file is checked as
    /// well. The exit code is 0 if everything is whole, else 1.
    Verify(VerifyArgs),
    /// Compare what is held here with another laptop, or with another data directory, which are
    /// both audited.
    ///
    /// Versions are compared by hashes of ranges, whatever the logs say. The exit code is 0 if both
    /// are whole and hold the same, else 1. What one side merely lacks, `chasqui sync` brings.
    Compare(CompareArgs),
    /// Print how much is held. Works while the server runs, and without it.
    Status(StatusArgs),
    /// Look for laptops on the wifi and cables of this machine.
    ///
    /// Nothing of what they say of themselves is proved. The exit code is 0 if one was found, else
    /// 1.
    Find(FindArgs),
    /// Write the pages into a folder, for a web server that offers the app in town.
    ///
    /// chasqui-pages.txt in it says what headers that server must send. The folder must be empty,
    /// or hold an older copy that nobody has changed.
    Pages(PagesArgs),
}

/// Where the data is.
#[derive(Debug, Args)]
pub struct DataArgs {
    /// The one directory that everything is kept in; made if it is not there [default: the
    /// platform's data directory].
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// Of `chasqui serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// Where to listen for http [default: 0.0.0.0:8080].
    ///
    /// This machine itself gets everything there, other machines only the page that says how a
    /// phone connects, the laptop's authority and its hello. If it is given, https is only listened
    /// for if --https is given too. Port 0 takes any free port.
    #[arg(long, value_name = "ADDR:PORT")]
    pub http: Option<SocketAddr>,
    /// Where to listen for https [default: 0.0.0.0:8443, for every phone on the wifi; not at all
    /// with --http].
    ///
    /// The certificate is this laptop's own, and follows its addresses. Phones are led at http://…:8080/ to trust it.
    #[arg(long, value_name = "ADDR:PORT", conflicts_with = "no_https")]
    pub https: Option<SocketAddr>,
    /// Another name under which this laptop answers; may be given more than once.
    ///
    /// Its addresses, localhost and its .local name need not be named. A request that names any
    /// other host is refused.
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// Do not listen for https: phones cannot use this laptop then.
    #[arg(long)]
    pub no_https: bool,
    /// Present this certificate on https, such as one of your own domain, in place of the laptop's
    /// own: the chain as PEM, the laptop's own certificate first.
    #[arg(long, value_name = "FILE", requires = "key", conflicts_with = "no_https")]
    pub certificate: Option<PathBuf>,
    /// The key of --certificate, as PEM without a password.
    #[arg(long, value_name = "FILE", requires = "certificate")]
    pub key: Option<PathBuf>,
    /// Do not answer those who look for laptops on the network.
    ///
    /// Without it, a laptop whose https is reached from other machines tells its project, name and
    /// addresses there: to `chasqui find`, and by mDNS as _chasqui._tcp and chasqui-xxxx.local.
    #[arg(long)]
    pub no_announce: bool,
    /// Begin a new project where the database is missing or empty, although keys or photos of a
    /// laptop are there.
    ///
    /// Without it that is refused: the database was lost, and a backup or another laptop has what
    /// it held. Nothing that is there is removed. Where there is a database, this changes nothing.
    #[arg(long)]
    pub begin_anew: bool,
    /// Answer a plain OHAI on UDP port 1337 as well.
    #[arg(long, conflicts_with = "no_announce")]
    pub ohai: bool,
}

impl ServeArgs {
    /// Where to listen for http and for https. Whoever says where http listens is not surprised by
    /// a second port.
    pub fn listeners(&self) -> (SocketAddr, Option<SocketAddr>) {
        let is_default = self.http.is_none() && !self.no_https;
        let https = self.https.or(is_default.then_some(HTTPS_DEFAULT));
        (self.http.unwrap_or(HTTP_DEFAULT), https)
    }
}

/// Of `chasqui import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    #[command(flatten)]
    pub data: DataArgs,
    /// Print the report as JSON.
    #[arg(long)]
    pub json: bool,
    /// The zone of times that name none, such as America/Lima; this machine's if absent.
    #[arg(long, value_name = "ZONE", value_parser = parse_zone)]
    pub zone: Option<Zone>,
    /// Take rows that say something else of a record that is here as changes of it; otherwise they
    /// are listed.
    #[arg(long)]
    pub changes: bool,
    /// Take rows of a table that have no place.
    #[arg(long)]
    pub without_place: bool,
    /// The file: a table (CSV, TSV) or GeoJSON, told by its content.
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
    /// Join the project of the other laptop first. Only while nothing is held here, and no server
    /// runs.
    #[arg(long)]
    pub join: bool,
    /// Have the other laptop let this one in first, by the code that its manager shows, such as
    /// ABCD-EFGH.
    ///
    /// Needed once; a code for a manager also lets the two laptops compare and heal each other.
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    /// Print the meeting as JSON: url, name, state, done, total, files_done, files_total, notices,
    /// failure.
    #[arg(long)]
    pub json: bool,
    /// The other laptop, such as https://10.42.0.1:8443: a private address, localhost or a .local name.
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
    /// An entry is only taken if the device of its log signed it. Another laptop is given what it
    /// lacks; another data directory is never changed. To heal the other side from here, run the
    /// same command there.
    #[arg(long)]
    pub heal: bool,
    /// Have the other laptop let this one in first, by a code that its manager made for a manager.
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    /// Print JSON: here, there, here_only, there_only, entries, healed_entries,
    /// healed_index, moved.
    #[arg(long)]
    pub json: bool,
    /// Another laptop, such as https://10.42.0.1:8443, or a data directory that no program uses.
    #[arg(value_name = "URL|FOLDER")]
    pub other: String,
}

/// Whom to trust for https.
#[derive(Debug, Args)]
pub struct AuthorityArgs {
    /// The other laptop's own certificate, authority.pem in its data directory or from http://LAPTOP:8080/authority.pem.
    ///
    /// Without it, https trusts the certificate that was kept when the other laptop let this one
    /// in, and at that first meeting, with a code, the one that it presents.
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

/// Of `chasqui find`.
#[derive(Debug, Args)]
pub struct FindArgs {
    /// Print JSON, a list: project, device, name, urls, ways.
    #[arg(long)]
    pub json: bool,
    /// How long to listen.
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = FIND_SECONDS,
        value_parser = value_parser!(u64).range(1..=FIND_SECONDS_MAX)
    )]
    pub timeout: u64,
}

/// Of `chasqui pages`.
#[derive(Debug, Args)]
pub struct PagesArgs {
    /// The folder, made if it is not there.
    #[arg(value_name = "DIR")]
    pub directory: PathBuf,
}

fn parse_zone(name: &str) -> Result<Zone, String> {
    Zone::named(name).ok_or_else(|| format!("nobody knows a zone {name:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_is_listened_for_unless_something_else_is_said() {
        for (arguments, http, https) in [
            (&[][..], "0.0.0.0:8080", Some("0.0.0.0:8443")),
            (&["--no-https"], "0.0.0.0:8080", None),
            (&["--http", "127.0.0.1:0"], "127.0.0.1:0", None),
            (&["--https", "10.0.0.5:443"], "0.0.0.0:8080", Some("10.0.0.5:443")),
            (&["--http", "[::1]:80", "--https", "[::]:443"], "[::1]:80", Some("[::]:443")),
        ] {
            let all = ["chasqui", "serve"].iter().chain(arguments);
            let Command::Serve(args) = Cli::try_parse_from(all).unwrap().command else { panic!() };
            let https = https.map(|address| address.parse().unwrap());
            assert_eq!(args.listeners(), (http.parse().unwrap(), https), "{arguments:?}");
        }
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        for arguments in [
            &["--https", "0.0.0.0:8443", "--no-https"][..],
            &["--certificate", "chain.pem"],
            &["--key", "key.pem"],
            &["--certificate", "chain.pem", "--key", "key.pem", "--no-https"],
            &["--ohai", "--no-announce"],
        ] {
            let all = ["chasqui", "serve"].iter().chain(arguments);
            assert!(Cli::try_parse_from(all).is_err(), "{arguments:?}");
        }
    }

    #[test]
    fn a_search_lasts_between_a_second_and_a_minute() {
        for (seconds, taken) in [(0, false), (1, true), (FIND_SECONDS_MAX, true)] {
            let search = ["chasqui", "find", "--timeout", &seconds.to_string()];
            assert_eq!(Cli::try_parse_from(search).is_ok(), taken, "{seconds}");
        }
        let search = ["chasqui", "find", "--timeout", &(FIND_SECONDS_MAX + 1).to_string()];
        assert!(Cli::try_parse_from(search).is_err());
    }
}
