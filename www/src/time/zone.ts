/**
 * The zone of this device as the laptop knows it, such as `America/Lima`; `null` where the browser
 * does not tell.
 */
export function zoneHere(): string | null {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return timeZone === undefined || timeZone === 'Etc/Unknown' ? null : timeZone;
}
