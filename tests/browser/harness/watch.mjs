/**
 * Sees everything that the pages of a browser ask for and complain of, and holds it against them.
 *
 * A laptop that is off is no fault of a page, nor is a graphics card that is computed.
 */
import assert from 'node:assert/strict';

const excused =
  /net::ERR_(CONNECTION_\w+|NAME_NOT_RESOLVED|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)|GL Driver/;
/**
 * Where a phone guesses a laptop that lends its own wifi: what a test's network makes of them is up
 * to it.
 */
const guessed = /^(192\.168\.(137|49|43)|10\.42\.0)\.1$/;
/** This machine, the wifi between machines of a test, and names that never leave it. */
const here = /^127\.0\.0\.1$|^10\.77\.0\.\d+$|\.local$/;

export class Watch {
  #faults = [];
  #forgiven = [];
  #context;

  constructor(context) {
    this.#context = context;
    context.on('request', (request) => {
      if (!isHere(request.url())) this.#faults.push(`asked outside: ${request.url()}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400 && !isGuessed(response.url())) {
        this.#faults.push(`${response.status()} for ${response.url()}`);
      }
    });
    context.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      const { url } = message.location();
      const failed = /^Failed to load resource|net::ERR_/.test(message.text());
      if (failed && isGuessed(url)) return;
      if (!excused.test(message.text())) this.#faults.push(`console: ${message.text()}`);
    });
    context.on('weberror', (error) => this.#faults.push(`thrown: ${error.error().stack}`));
  }

  /** Hands over the address of each request from now on. */
  onRequest(listener) {
    this.#context.on('request', (request) => listener(request.url()));
  }

  /** Forgives what a test provokes on purpose, also if the browser tells of it only later. */
  forgive(pattern) {
    this.#forgiven.push(pattern);
  }

  check() {
    const isHeld = (fault) => !this.#forgiven.some((pattern) => pattern.test(fault));
    assert.deepEqual(
      this.#faults.filter(isHeld),
      [],
      'the pages asked for or complained of something',
    );
  }
}

function isHere(address) {
  const { protocol, hostname } = new URL(address);
  return (
    ['data:', 'blob:', 'about:'].includes(protocol) || here.test(hostname) || guessed.test(hostname)
  );
}

function isGuessed(address) {
  return URL.canParse(address) && guessed.test(new URL(address).hostname);
}
