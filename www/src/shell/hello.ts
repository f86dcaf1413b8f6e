/**
 * The part of the laptop's hello that a page reads without verifying it: nothing is trusted by it.
 */
export interface Hello {
  /** Base addresses, best first. */
  addresses: string[];
}
