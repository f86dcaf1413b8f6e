/** How Chromium is started: without a sandbox, as root must, and without a word to the outside. */
export const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const args = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The map draws with WebGL, which a machine without a graphics card computes. */
export const args_without_map = [...args, '--disable-gpu'];
export const args_with_map = [...args, '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

/** How long a condition may take before a test gives up on it. */
export const patience_ms = 25_000;
