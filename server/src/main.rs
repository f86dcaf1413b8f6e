//! The `chasqui` program: reads its arguments, starts logging, and hands over to the library.
#![forbid(unsafe_code)]

mod cli;

use std::{io::Write, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};
use chasqui_server::{
    Config, Server, Status, audit::AuditReport, beside, default_data_directory, import::Report,
    meeting::MeetingState,
};
use chasqui_shared::Located;
use clap::Parser;
use tracing_subscriber::EnvFilter;

use crate::cli::{
    AuthorityArgs, Cli, Command, CompareArgs, DataArgs, ImportArgs, ServeArgs, StatusArgs,
    SyncArgs, VerifyArgs,
};

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
    let config = Config {
        data: directory(args.data)?,
        http: args.http,
        https: args.https,
        hosts: args.host,
    };
    let data = config.data.display().to_string();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let server = Server::open(config).await?;
        let stop = stop_signal()?;
        announce(&server, &data)?;
        Ok(server.serve(stop).await?)
    })
}

/// Tells a person where to open what.
fn announce(server: &Server, data: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "Data:           {data}")?;
    writeln!(out, "Manager's page: {}", server.manager_link())?;
    for address in server.addresses() {
        writeln!(out, "Phones:         {address}/")?;
    }
    writeln!(out, "Ctrl+C stops.")?;
    Ok(out.flush()?)
}

/// A future that is done when a person or the system asks the program to stop.
///
/// It listens from this call on, so that a program that has said where it serves can be stopped in order at once.
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
    let status = beside::status(&directory(args.data)?)?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&status)?)?;
        return Ok(());
    }
    let Status { project, name, records, versions, entries, writers, heads, conflicts } = status;
    writeln!(out, "project    {project}\nname       {name}\nrecords    {records}")?;
    writeln!(out, "versions   {versions}\nentries    {entries}\nwriters    {writers}")?;
    writeln!(out, "heads      {heads}\nconflicts  {conflicts}")?;
    Ok(())
}

fn import(args: ImportArgs) -> Result<()> {
    let report = beside::import(&directory(args.data)?, &args.file)
        .with_context(|| format!("nothing more was taken from {}", args.file.display()))?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&report)?)?;
        return Ok(());
    }
    for row in &report.rows {
        writeln!(out, "line {}: refused, {} ({})", row.line, row.message, row.code)?;
    }
    for note in &report.notes {
        writeln!(out, "{note}")?;
    }
    let Report { added, known, refused, encoding, .. } = &report;
    writeln!(out, "added {added}, known {known}, refused {refused}; read as {encoding}")?;
    Ok(())
}

fn sync(args: SyncArgs) -> Result<()> {
    let authority = authority(args.authority)?;
    let (data, authority, code) =
        (directory(args.data)?, authority.as_deref(), args.code.as_deref());
    let meeting = beside::sync(&data, &args.url, authority, args.join, code)?;
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string(&meeting)?)?;
    } else {
        for notice in &meeting.notices {
            writeln!(out, "{} ({})", notice.message, notice.code)?;
        }
        if meeting.state == MeetingState::Finished {
            let name = meeting.name.as_deref().unwrap_or(&meeting.url);
            writeln!(out, "moved {} entries; {name} holds the same", meeting.done)?;
        }
    }
    match meeting.failure {
        Some(failure) => Err(failure.into()),
        None => Ok(()),
    }
}

/// Whether everything is whole.
fn verify(args: VerifyArgs) -> Result<bool> {
    let report = beside::verify(&directory(args.data)?)?;
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
    let report =
        beside::compare(&data, &args.other, authority.as_deref(), args.heal, args.code.as_deref())?;
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
    let AuditReport { logs, entries, versions, damaged, .. } = report;
    writeln!(
        out,
        "{which}: {entries} entries in {logs} logs, {versions} versions, {damaged} damaged"
    )
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
