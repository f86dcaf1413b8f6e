//! The `chasqui` program: reads its arguments, starts logging, and hands over to the library.
#![forbid(unsafe_code)]

mod cli;

use std::{io::Write, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};
use chasqui_server::{Config, Server, Status, beside, default_data_directory, import::Report};
use clap::Parser;
use tracing_subscriber::EnvFilter;

use crate::cli::{Cli, Command, DataArgs, ImportArgs, ServeArgs, StatusArgs};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("CHASQUI_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,chasqui_server=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let done = match cli.command {
        Command::Serve(args) => serve(args),
        Command::Status(args) => status(args),
        Command::Import(args) => import(args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do when even this cannot be written.
            let _ = writeln!(std::io::stderr(), "chasqui: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn serve(args: ServeArgs) -> Result<()> {
    let config = Config { data: directory(args.data)?, http: args.http, https: args.https };
    let data = config.data.display().to_string();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let server = Server::open(config).await?;
        announce(&server, &data)?;
        Ok(server.serve(stop_signal()).await?)
    })
}

/// Tells a person where to open what.
fn announce(server: &Server, data: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "Data:           {data}")?;
    writeln!(out, "Manager's page: http://{}/manager/", server.http_address())?;
    for address in server.addresses() {
        writeln!(out, "Phones:         {address}/")?;
    }
    writeln!(out, "Ctrl+C stops.")?;
    Ok(out.flush()?)
}

/// Done when a person or the system asks the program to stop.
async fn stop_signal() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        match terminated {
            Ok(mut terminated) => {
                tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
            }
            Err(_) => {
                let _ = interrupted.await;
            }
        }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
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

fn directory(args: DataArgs) -> Result<PathBuf> {
    args.data
        .or_else(default_data_directory)
        .context("there is no home directory here: say where the data is with --data DIR")
}
