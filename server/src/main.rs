//! The `chasqui` program: reads its arguments, starts logging, and hands over to the library.
#![forbid(unsafe_code)]

mod bar;
mod cli;

use std::{io::Write, path::PathBuf, process::ExitCode, time::Duration};

use anyhow::{Context, Result, ensure};
use chasqui_server::{
    Announcing, CertificateFiles, Config, Server, Status,
    audit::AuditReport,
    commands, default_data_directory,
    discovery::{self, Found, Reach},
    import::{ImportOptions, OnChange, Report},
    pages::copy_to,
    peer_sync::PeerSyncState,
    zone::Zone,
};
use chasqui_shared::Located;
use clap::Parser;
use tracing_subscriber::EnvFilter;

use crate::bar::Bar;
use crate::cli::{
    AuthorityArgs, Cli, Command, CompareArgs, DataArgs, FindArgs, ImportArgs, PagesArgs, ServeArgs,
    StatusArgs, SyncArgs, VerifyArgs,
};

/// Gives memory back: a laptop serves for weeks, and the C library's arenas grow with each burst of
/// requests.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("CHASQUI_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,chasqui_server=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // Where the log is on the disk that is full, saying so would panic.
        .log_internal_errors(false)
        .init();
    let done = match cli.command {
        Command::Serve(args) => serve(args),
        Command::Status(args) => status(args),
        Command::Import(args) => import(args),
        Command::Sync(args) => sync(args),
        Command::Verify(args) => return ended(verify(args)),
        Command::Compare(args) => return ended(compare(args)),
        Command::Find(args) => return ended(find(args)),
        Command::Pages(args) => pages(args),
    };
    ended(done.map(|()| true))
}

/// The exit code: 0 if the command was carried out and found nothing amiss.
fn ended(done: Result<bool>) -> ExitCode {
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            // Nothing is left to do when even this cannot be written.
            let _ = writeln!(std::io::stderr(), "chasqui: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn serve(args: ServeArgs) -> Result<()> {
    let announcing = match (args.no_announce, args.ohai) {
        (true, _) => Announcing::Off,
        (false, false) => Announcing::On,
        (false, true) => Announcing::OnWithOhai,
    };
    let (http, https) = args.listeners();
    let certificate = args.certificate.zip(args.key);
    ensure!(certificate.is_none() || https.is_some(), "--certificate needs --https beside --http");
    let config = Config {
        https,
        certificate: certificate.map(|(certificate, key)| CertificateFiles { certificate, key }),
        hosts: args.host,
        announcing,
        begins_anew: args.begin_anew,
        ..Config::new(directory(args.data)?, http)
    };
    let data = config.data.display().to_string();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let server = Server::open(config).await?;
        let stop = stop_signal()?;
        let mut addresses = server.addresses();
        announce(&server, &data)?;
        tokio::select! {
            served = server.serve(stop) => Ok(served?),
            never = async { loop { tell_phones(&addresses.changed().await) } } => never,
        }
    })
}

/// Tells a person where to open what.
fn announce(server: &Server, data: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "Data:           {data}")?;
    writeln!(out, "Manager's page: {}", server.manager_link())?;
    write_phones(&mut out, &server.addresses().now())?;
    writeln!(out, "Ctrl+C stops.")?;
    Ok(out.flush()?)
}

/// Tells a person of other addresses. Where nobody reads any more, nobody is told.
fn tell_phones(addresses: &[String]) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "This laptop has other addresses now.");
    let _ = write_phones(&mut out, addresses).and_then(|()| out.flush());
}

/// By https the app; by http, where there is https, the page that leads a phone there.
fn write_phones(out: &mut impl Write, addresses: &[String]) -> std::io::Result<()> {
    let is_https = |address: &String| address.starts_with("https:");
    let has_https = addresses.iter().any(is_https);
    addresses.iter().try_for_each(|address| match has_https && !is_https(address) {
        true => writeln!(out, "New phones:     {address}/"),
        false => writeln!(out, "Phones:         {address}/"),
    })
}

/// A future that is done when a person or the system asks the program to stop.
///
/// It listens from this call on, so that a program that has said where it serves can be stopped in
/// order at once.
#[cfg(unix)]
fn stop_signal() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! { _ = interrupted.recv() => {}, _ = terminated.recv() => {} }
    })
}

/// A future that is done when a person asks the program to stop.
#[cfg(windows)]
fn stop_signal() -> Result<impl Future<Output = ()>> {
    let mut interrupted = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupted.recv().await;
    })
}

fn status(args: StatusArgs) -> Result<()> {
    let status = commands::status(&directory(args.data)?)?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&status)?)?;
        return Ok(());
    }
    let Status { project, name, records, versions, entries, writers, heads, conflicts, .. } =
        &status;
    let media = status.media;
    writeln!(out, "project    {project}\nname       {name}\nrecords    {records}")?;
    writeln!(out, "versions   {versions}\nentries    {entries}\nwriters    {writers}")?;
    writeln!(out, "heads      {heads}\nconflicts  {conflicts}")?;
    writeln!(out, "files      {} of {} here, {} damaged", media.here, media.named, media.damaged)?;
    if let Some(clock) = status.clock {
        let (now, probably) = (clock.now, clock.probably);
        writeln!(out, "clock      {now}: probably wrong, it is about {probably}")?;
    }
    Ok(())
}

fn import(args: ImportArgs) -> Result<()> {
    let options = ImportOptions {
        zone: args.zone.unwrap_or_else(Zone::of_machine),
        on_change: if args.changes { OnChange::Edit } else { OnChange::Leave },
        without_place: args.without_place,
    };
    let report =
        commands::import(&directory(args.data)?, &args.file, &options, &mut Bar::default().watch())
            .with_context(|| format!("nothing more was taken from {}", args.file.display()))?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&report)?)?;
        return Ok(());
    }
    for row in &report.rows {
        writeln!(out, "{}: refused, {} ({})", row.position, row.message, row.code)?;
    }
    for row in &report.changes {
        let what = if args.changes { "changed" } else { "differs, not taken" };
        writeln!(out, "{}: {what}, record {}", row.position, row.record)?;
    }
    for note in &report.notes {
        writeln!(out, "{}", note.message)?;
    }
    let Report { added, known, changed, differing, refused, encoding, .. } = &report;
    write!(out, "added {added}, known {known}, refused {refused}")?;
    if *changed > 0 {
        write!(out, ", changed {changed}")?;
    }
    if *differing > 0 {
        write!(out, ", differing {differing} (--changes takes them)")?;
    }
    writeln!(out, "; read as {encoding}")?;
    Ok(())
}

fn sync(args: SyncArgs) -> Result<()> {
    let authority = authority(args.authority)?;
    let (data, authority, code) =
        (directory(args.data)?, authority.as_deref(), args.code.as_deref());
    let meeting = commands::sync(&data, &args.url, authority, args.join, code)?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&meeting)?)?;
    } else {
        for notice in &meeting.notices {
            writeln!(out, "{} ({})", notice.message, notice.code)?;
        }
        if meeting.state == PeerSyncState::Finished {
            let name = meeting.name.as_deref().unwrap_or(&meeting.url);
            let (entries, files) = (meeting.done, meeting.files_done);
            writeln!(out, "moved {entries} entries and {files} files; {name} holds the same")?;
        }
    }
    match meeting.failure {
        Some(failure) => Err(failure.into()),
        None => Ok(()),
    }
}

/// Whether everything is whole.
fn verify(args: VerifyArgs) -> Result<bool> {
    let report = commands::verify(&directory(args.data)?, &mut Bar::default().watch())?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&report)?)?;
    } else {
        print_audit(&mut out, "the data", &report)?;
    }
    Ok(report.is_whole())
}

/// Whether both are whole and hold the same.
fn compare(args: CompareArgs) -> Result<bool> {
    let authority = authority(args.authority)?;
    let data = directory(args.data)?;
    let report = commands::compare(
        &data,
        &args.other,
        authority.as_deref(),
        args.heal,
        args.code.as_deref(),
    )?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&report)?)?;
        return Ok(report.is_same());
    }
    print_audit(&mut out, "here", &report.here)?;
    print_audit(&mut out, "there", &report.there)?;
    if args.heal {
        let (entries, index) = (report.healed_entries, report.healed_index);
        writeln!(out, "healed here: {entries} entries, {index} rows of the index")?;
        writeln!(out, "moved: {} entries that one side lacked", report.moved)?;
    }
    writeln!(out, "versions here alone: {}, there alone: {}", report.here_only, report.there_only)?;
    for Located { version, writer, seq } in &report.entries {
        writeln!(out, "log {writer}, entry {seq}, version {version}: on one side alone")?;
    }
    Ok(report.is_same())
}

fn print_audit(out: &mut impl Write, which: &str, report: &AuditReport) -> std::io::Result<()> {
    if let Some(reason) = &report.file {
        writeln!(out, "{which}: the file is damaged: {reason}")?;
    }
    for damage in &report.damage {
        writeln!(out, "{which}: {damage}")?;
    }
    if let Some(media) = &report.media {
        writeln!(out, "{which}: {media}")?;
    }
    let AuditReport { logs, entries, versions, damaged, .. } = report;
    writeln!(
        out,
        "{which}: {entries} entries in {logs} logs, {versions} versions, {damaged} damaged"
    )
}

/// Whether there is a laptop.
fn find(args: FindArgs) -> Result<bool> {
    let looking = discovery::find(Reach::Private, Duration::from_secs(args.timeout));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let list = runtime.block_on(looking)?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&list)?)?;
        return Ok(!list.is_empty());
    }
    for Found { project, device, name, urls, ways } in &list {
        writeln!(out, "{name}\n  device   {device}\n  project  {project}")?;
        for url in urls {
            writeln!(out, "  at       {url}")?;
        }
        let ways: Vec<_> = ways.iter().map(ToString::to_string).collect();
        writeln!(out, "  found by {}", ways.join(", "))?;
    }
    if list.is_empty() {
        writeln!(out, "No laptop answered within {} s.", args.timeout)?;
    }
    Ok(!list.is_empty())
}

fn pages(args: PagesArgs) -> Result<()> {
    let count = copy_to(&args.directory)?;
    let directory = args.directory.display();
    writeln!(
        std::io::stdout().lock(),
        "wrote {count} files to {directory}; read chasqui-pages.txt there"
    )?;
    Ok(())
}

fn authority(args: AuthorityArgs) -> Result<Option<String>> {
    let read = |file: PathBuf| {
        std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
    };
    args.authority.map(read).transpose()
}

fn directory(args: DataArgs) -> Result<PathBuf> {
    args.data
        .or_else(default_data_directory)
        .context("there is no home directory here: say where the data is with --data DIR")
}
