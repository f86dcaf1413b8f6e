/**
 * Whether this phone works far from the laptop: looked at when the app starts, whenever something
 * of it may have changed, and again when the person comes back to the app. What was found is told
 * to the laptop by the engine.
 */
import type { Readiness } from '../../api/types';
import type { Findings } from '../../readiness/judge';
import { judge } from '../../readiness/judge';
import { missingOf, verdictOf } from '../../readiness/report';
import { clocksAgree } from '../../readiness/clocks';
import { connect } from '../../engine/client';
import { keep, kept } from '../../storage/kept';
import { shell } from '../../shell/registration.svelte';
import { records } from '../records/records.svelte';

/**
 * Whether the clocks agreed when they were last compared: far from the laptop nothing else is
 * known.
 */
const clocks_key = 'chasqui.clocks-agree';

const nothing: Findings = {
  shell: null,
  stored: null,
  persistent: null,
  gps: null,
  camera: null,
  clocks_agree: null,
  free_bytes: null,
};

class PhoneReadiness {
  readonly readiness: Readiness = $derived.by(() => {
    const found = { ...this.#found, shell: shell.state, clocks_agree: this.#clocks_agree };
    return judge(found, new Date().toISOString());
  });
  /** The first look has come to an end: what is not known now will not be known by waiting. */
  looked = $state(false);
  readonly missing = $derived(missingOf(this.readiness));
  readonly verdict = $derived(verdictOf(this.readiness));
  #found = $state.raw<Findings>(nothing);
  #clocks_agree = $derived(clocksAgree(records.status, kept(clocks_key)));
  #watched = new Set<PermissionStatus>();

  constructor() {
    shell.onActive(() => void this.look());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.look();
    });
    $effect.root(() => {
      $effect(() => {
        if (this.#clocks_agree !== null) keep(clocks_key, this.#clocks_agree ? 'yes' : 'no');
      });
      $effect(() => {
        if (!this.looked || records.status?.paired !== true) return;
        const readiness = $state.snapshot(this.readiness);
        void connect()
          .then((engine) => engine.setReadiness(readiness))
          .catch(() => undefined);
      });
    });
  }

  async look(): Promise<void> {
    const [stored, persistent, gps, camera, free_bytes] = await Promise.all([
      shell.stored(),
      isPersistent(),
      this.#permission('geolocation'),
      this.#permission('camera'),
      freeBytes(),
    ]);
    this.#found = { ...this.#found, stored, persistent, gps, camera, free_bytes };
    this.looked = true;
  }

  /** Asks the browser to keep what is stored; on a gesture it is readiest to promise it. */
  async protect(): Promise<void> {
    await (navigator as Partial<Navigator>).storage?.persist?.().catch(() => false);
    await this.look();
  }

  async keepApp(): Promise<void> {
    await shell.again();
    await this.look();
  }

  async keepMap(): Promise<void> {
    await shell.keepMap();
    await this.look();
  }

  /** The browser asks the person. */
  async allowGps(): Promise<void> {
    await new Promise<void>((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve(),
        () => resolve(),
      );
    });
    await this.look();
  }

  async allowCamera(): Promise<void> {
    const media = (navigator as Partial<Navigator>).mediaDevices;
    const stream = await media?.getUserMedia({ video: true }).catch(() => null);
    stream?.getTracks().forEach((track) => track.stop());
    await this.look();
  }

  async #permission(name: 'geolocation' | 'camera'): Promise<PermissionState | null> {
    const permissions = (navigator as Partial<Navigator>).permissions;
    const status = await permissions?.query({ name }).catch(() => undefined);
    if (status === undefined) return null;
    if (this.#watched.size < 8) {
      this.#watched.add(status);
      status.onchange = () => void this.look();
    }
    return status.state;
  }
}

async function isPersistent(): Promise<boolean | null> {
  const storage = (navigator as Partial<Navigator>).storage;
  return (await storage?.persisted?.().catch(() => null)) ?? null;
}

async function freeBytes(): Promise<number | null> {
  const storage = (navigator as Partial<Navigator>).storage;
  const { quota, usage } = (await storage?.estimate?.().catch(() => undefined)) ?? {};
  return quota === undefined || usage === undefined ? null : Math.max(0, Math.floor(quota - usage));
}

export const phone = new PhoneReadiness();
