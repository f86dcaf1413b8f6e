/** How Chromium is started: without a sandbox, as root must, and without a word to the outside. */
export const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** How long a condition may take before a test gives up on it. */
export const patience_ms = 25_000;
